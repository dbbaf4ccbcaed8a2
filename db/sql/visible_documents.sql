-- Files of a document: seen by whoever sees it. Its maker adds some at any time, the signed paper as well, and takes
-- some away until it is sent.

CREATE OR REPLACE FUNCTION app.document_is_mine(the_document bigint, open_to_changes boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM app.document d WHERE d.id = the_document AND d.requester_id = app.my_staff()
                   AND (NOT open_to_changes OR d.state IN ('draft', 'returned', 'withdrawn')));
END $$;

GRANT EXECUTE ON FUNCTION app.document_is_mine(bigint, boolean) TO logistics_user;

CREATE POLICY of_documents_read ON app.attachment FOR SELECT TO logistics_user
    USING (table_name = 'document' AND EXISTS (SELECT FROM app.document d WHERE d.id = attachment.record_id));
CREATE POLICY of_documents_added ON app.attachment FOR INSERT TO logistics_user
    WITH CHECK (table_name = 'document' AND (SELECT app.document_is_mine(record_id, false)));
CREATE POLICY of_documents_removed ON app.attachment FOR DELETE TO logistics_user
    USING (table_name = 'document' AND (SELECT app.document_is_mine(record_id, true)));
