"""The names that providers give to the fields of a licence, and ours."""

from collections.abc import Mapping
from typing import Any, Final

# GB/T 36903 style: what the gateway of 浙里办 answers.
NATIONAL: Final = {
    "certificateHolderName": "持有人",
    "certificateNumber": "证照编号",
    "certificateIssuingAuthorityName": "发证单位",
    "certificateIssuedDate": "发证日期",
    "certificateEffectiveDate": "有效期起",
    "certificateExpiringDate": "有效期至",
}
# 长三角 style: what the data-sharing platform answers.
REGIONAL: Final = {
    "holder_name": "持有人",
    "license_code": "证照编号",
    "issue_org_name": "发证单位",
    "issue_date": "发证日期",
    "begin_date": "有效期起",
    "expiry_date": "有效期至",
}


def translate_fields(record: Mapping[str, Any], names: Mapping[str, str], extra: str) -> dict[str, str]:
    """A provider's record in our names; `extra` names the object in it that holds fields of this kind of licence."""
    fields = {ours: str(record[theirs]) for theirs, ours in names.items() if record.get(theirs)}
    more = record.get(extra)
    return fields | ({str(name): str(value) for name, value in more.items()} if isinstance(more, dict) else {})
