"""The Mini App's API does what its document says: a share of `make fuzz` in every test run."""


def test_the_api_does_what_its_document_says() -> None:
    """Every operation is asked, by what its forms allow and forbid, and no answer is another than described."""
    from tests.fuzz.app_api import fuzz  # noqa: PLC0415 - schemathesis takes a second to come, in every worker

    outcome = fuzz(150)
    assert outcome.failures == []
    assert len(outcome.cases) == 24
    assert outcome.cases.total() >= 500
    assert outcome.statuses.keys() >= {200, 400, 401, 405, 415, 422}
