-- The kinds of documents of assets, described once: the form, the number, what it takes and holds, and its effect on the
-- assets. The labels are message ids (`logistics_desktop/features/documents/words.py`).

-- The engine of approvals gets the form with what follows from the lines, so that routes can ask for either.
CREATE OR REPLACE FUNCTION app.document_case_fields(kind text, fields jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = app, pg_temp AS $$
    SELECT jsonb_agg(jsonb_build_object(
               'key', f->>'key', 'label', f->>'label', 'required', coalesce((f->>'required')::boolean, false),
               'type', CASE f->>'type' WHEN 'note' THEN 'text' WHEN 'choice' THEN 'text' ELSE f->>'type' END) ORDER BY n)
    FROM jsonb_array_elements(fields || '[
        {"key": "unit_price", "label": "Highest unit price", "type": "number", "required": true},
        {"key": "amount", "label": "Original value", "type": "number", "required": true},
        {"key": "quantity", "label": "Quantity", "type": "number", "required": true},
        {"key": "asset_class", "label": "Class of the dearest", "type": "asset_class"}]'
        || jsonb_build_array(jsonb_build_object('key', 'from_department', 'label', 'Department of the assets',
                                                'type', 'department', 'required', kind = 'asset_transfer'))
        || CASE kind
            WHEN 'asset_scrapping' THEN '[
                {"key": "human_damage", "label": "Damaged by somebody", "type": "flag", "required": true},
                {"key": "compensation", "label": "Compensation", "type": "number", "required": true}]'::jsonb
            WHEN 'asset_disposal' THEN '[{"key": "proceeds", "label": "Proceeds", "type": "number", "required": true}]'
            ELSE '[]' END) WITH ORDINALITY AS x (f, n)
$$;

CREATE OR REPLACE PROCEDURE app.document_describe(
    the_kind text, the_place integer, the_prefix text, title text, its_fields jsonb, its_line_fields jsonb,
    its_takes text[], its_touches text[], its_leaves text, its_sets jsonb, its_fills jsonb DEFAULT '{}',
    its_clears text[] DEFAULT '{}')
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    CALL app.approval_offer(the_kind, title, app.document_case_fields(the_kind, its_fields), 'document');
    INSERT INTO app.document_kind (kind, place, prefix, fields, line_fields, takes, touches, leaves, sets, fills, clears)
    VALUES (the_kind, the_place, the_prefix, its_fields, its_line_fields, its_takes, its_touches, its_leaves, its_sets,
            its_fills, its_clears)
    ON CONFLICT (kind) DO UPDATE SET place = excluded.place, prefix = excluded.prefix, fields = excluded.fields,
        line_fields = excluded.line_fields, takes = excluded.takes, touches = excluded.touches,
        leaves = excluded.leaves, sets = excluded.sets, fills = excluded.fills, clears = excluded.clears;
END $$;

CALL app.document_describe('asset_acceptance', 1, 'YS', 'Acceptance', '[
    {"key": "in_service_on", "label": "In service on", "type": "date", "required": true, "default": "today"},
    {"key": "to_department", "label": "To department", "type": "department", "required": true},
    {"key": "to_keeper", "label": "To keeper", "type": "staff", "required": true},
    {"key": "to_location", "label": "To location", "type": "location"},
    {"key": "order_number", "label": "Order or contract no.", "type": "text"},
    {"key": "finding", "label": "Finding of the acceptance", "type": "note", "required": true}]',
    '[{"key": "remark", "label": "Remark", "type": "text"}]',
    '{idle,in_use}', '{place,state}', 'in_use',
    '{"in_service_on": "in_service_on", "department_id": "to_department", "keeper_id": "to_keeper",
      "location_id": "to_location"}');

CALL app.document_describe('asset_issue', 2, 'LY', 'Issue', '[
    {"key": "to_department", "label": "To department", "type": "department", "required": true},
    {"key": "to_keeper", "label": "To keeper", "type": "staff", "required": true},
    {"key": "to_location", "label": "To location", "type": "location"},
    {"key": "issued_on", "label": "Issued on", "type": "date", "required": true, "default": "today"},
    {"key": "purpose", "label": "Purpose", "type": "note", "required": true}]',
    '[{"key": "remark", "label": "Remark", "type": "text"}]',
    '{idle}', '{place,state}', 'in_use',
    '{"department_id": "to_department", "keeper_id": "to_keeper", "location_id": "to_location"}',
    '{"in_service_on": "issued_on"}');

CALL app.document_describe('asset_return', 3, 'GH', 'Return of assets', '[
    {"key": "returned_on", "label": "Returned on", "type": "date", "required": true, "default": "today"},
    {"key": "to_department", "label": "To department", "type": "department"},
    {"key": "to_keeper", "label": "To keeper", "type": "staff"},
    {"key": "to_location", "label": "To location", "type": "location"},
    {"key": "reason", "label": "Reason", "type": "note"}]',
    '[{"key": "condition", "label": "Condition", "type": "choice", "choices": ["good", "worn", "damaged"],
       "default": "good"},
      {"key": "remark", "label": "Remark", "type": "text"}]',
    '{in_use,lent,in_repair}', '{place,state}', 'idle',
    '{"department_id": "to_department", "keeper_id": "to_keeper", "location_id": "to_location"}',
    its_clears => '{keeper_id}');

CALL app.document_describe('asset_borrow', 4, 'JY', 'Loan', '[
    {"key": "borrower", "label": "Borrower", "type": "staff", "required": true},
    {"key": "due_on", "label": "Due back on", "type": "date", "required": true},
    {"key": "to_location", "label": "To location", "type": "location"},
    {"key": "purpose", "label": "Purpose", "type": "note", "required": true}]',
    '[{"key": "remark", "label": "Remark", "type": "text"}]',
    '{idle,in_use}', '{place,state}', 'lent', '{"keeper_id": "borrower", "location_id": "to_location"}');

CALL app.document_describe('asset_transfer', 5, 'DB', 'Transfer', '[
    {"key": "to_department", "label": "To department", "type": "department", "required": true},
    {"key": "to_keeper", "label": "To keeper", "type": "staff", "required": true},
    {"key": "to_location", "label": "To location", "type": "location"},
    {"key": "reason", "label": "Reason", "type": "note", "required": true}]',
    '[{"key": "remark", "label": "Remark", "type": "text"}]',
    '{idle,in_use,in_repair}', '{place}', NULL,
    '{"department_id": "to_department", "keeper_id": "to_keeper", "location_id": "to_location"}');

CALL app.document_describe('asset_repair', 6, 'BX', 'Repair request', '[
    {"key": "symptom", "label": "Symptom", "type": "note", "required": true},
    {"key": "urgency", "label": "Urgency", "type": "choice", "choices": ["normal", "urgent"], "required": true,
     "default": "normal"},
    {"key": "wanted_by", "label": "Wanted by", "type": "date"},
    {"key": "estimate", "label": "Estimated cost", "type": "number"}]',
    '[{"key": "symptom", "label": "Symptom", "type": "text"}]',
    '{idle,in_use}', '{state}', 'in_repair', '{}');

CALL app.document_describe('asset_scrapping', 7, 'BF', 'Scrapping', '[
    {"key": "scrapped_on", "label": "Scrapped on", "type": "date", "required": true, "default": "today"},
    {"key": "reason", "label": "Reason", "type": "note", "required": true}]',
    '[{"key": "appraisal", "label": "Appraisal", "type": "text", "required": true},
      {"key": "human_damage", "label": "Damaged by somebody", "type": "flag", "required": true},
      {"key": "payer", "label": "Who compensates", "type": "staff"},
      {"key": "basis", "label": "Compensation at", "type": "choice", "choices": ["original_value", "book_value"]},
      {"key": "compensation", "label": "Compensation", "type": "number"}]',
    '{idle,in_use,in_repair}', '{place,state}', 'scrapped', '{}', '{"disposed_on": "scrapped_on"}');

CALL app.document_describe('asset_disposal', 8, 'CZ', 'Disposal', '[
    {"key": "way", "label": "Way of disposal", "type": "choice",
     "choices": ["sale", "donation", "destruction", "recycling"], "required": true},
    {"key": "disposed_on", "label": "Disposed on", "type": "date", "required": true, "default": "today"},
    {"key": "receiver", "label": "Receiver", "type": "text"},
    {"key": "reason", "label": "Reason", "type": "note", "required": true}]',
    '[{"key": "proceeds", "label": "Proceeds", "type": "number"},
      {"key": "remark", "label": "Remark", "type": "text"}]',
    '{idle,in_use,in_repair,scrapped}', '{place,state}', 'disposed', '{}', '{"disposed_on": "disposed_on"}');

CALL app.document_describe('asset_handover', 9, 'JJ', 'Hand-over', '[
    {"key": "giver", "label": "From keeper", "type": "staff", "required": true},
    {"key": "to_keeper", "label": "To keeper", "type": "staff", "required": true},
    {"key": "to_department", "label": "To department", "type": "department"},
    {"key": "to_location", "label": "To location", "type": "location"},
    {"key": "why", "label": "Why", "type": "choice", "choices": ["leaves", "moves", "other"], "required": true,
     "default": "leaves"}]',
    '[{"key": "remark", "label": "Remark", "type": "text"}]',
    '{idle,in_use,in_repair,lent}', '{place}', NULL,
    '{"keeper_id": "to_keeper", "department_id": "to_department", "location_id": "to_location"}');
