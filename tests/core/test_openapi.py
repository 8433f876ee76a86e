import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from openapi_spec_validator import OpenAPIV31SpecValidator

from spa_auth import __version__
from spa_auth.core.errors import ApiError
from spa_auth.core.openapi import document, endpoints
from tests.contract import contract


def test_the_committed_contract_is_what_the_code_says() -> None:
    assert contract() == json.loads(json.dumps(document(version=__version__)))


def test_the_contract_is_valid_openapi() -> None:
    OpenAPIV31SpecValidator(contract()).validate()


def test_every_operation_has_an_id_of_its_own() -> None:
    ids = [
        operation["operationId"]
        for operations in contract()["paths"].values()
        for operation in operations.values()
    ]
    assert len(ids) == len(set(ids)) == len(list(endpoints()))


def test_every_refusal_says_what_it_means() -> None:
    for endpoint in endpoints():
        for error in endpoint.declared_errors():
            assert issubclass(error, ApiError)
            assert error.__doc__
            assert str(error.detail)


def test_the_document_can_be_written_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "new" / "v1.json"
    call_command("spa_auth_openapi", output=target)
    assert json.loads(target.read_text()) == contract()


def test_the_document_is_printed_where_no_file_is_named() -> None:
    out = StringIO()
    call_command("spa_auth_openapi", stdout=out)
    assert json.loads(out.getvalue()) == contract()
