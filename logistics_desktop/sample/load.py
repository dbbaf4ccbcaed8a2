from sqlalchemy.orm import Session


def load_sample(session: Session) -> None: ...
