"""The screens of documents: lists, forms, lines, sending, paper and its layouts."""
