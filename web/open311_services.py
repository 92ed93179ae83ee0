"""The one service that GeoReport v2 offers here, with what may be told of a demand."""

from collections.abc import Iterable
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.complaint import Protection
from web.open311_format import Item, Rows

SERVICE_CODE: Final = "certificate-demand"
SERVICE_NAME: Final = "仍被索要证明"
_DESCRIPTION: Final = "窗口仍要不该再交的证明，或者对开证明、查证明有意见"
_PROTECTIONS: Final = {
    Protection.ANONYMOUS: "匿名",
    Protection.HIDDEN: "实名，对办理单位保密",
    Protection.OPEN: "实名",
}


def list_services() -> Rows:
    """The list of services."""
    service: Item = {
        "service_code": SERVICE_CODE,
        "service_name": SERVICE_NAME,
        "description": _DESCRIPTION,
        "metadata": True,
        "type": "realtime",
        "keywords": "证明,投诉",
        "group": "无证明城市",
    }
    return Rows("service", [service])


def define_service(catalogue: Catalogue) -> Item:
    """The service with its attributes; their values are the catalogue's. Any name of a value is understood as well."""
    units = ((unit.id, unit.name) for unit in catalogue.units.values())
    matters = ((matter.id, matter.name) for matter in catalogue.matters.values())
    certificates = ((certificate.id, certificate.name) for certificate in catalogue.certificates.values())
    attributes: list[Item] = [
        _attribute(1, "unit", "singlevaluelist", "哪个单位", units, required=True),
        _attribute(2, "matter", "singlevaluelist", "办什么事", matters),
        _attribute(3, "certificate", "multivaluelist", "要什么证明", certificates),
        _attribute(4, "date", "datetime", "哪一天", hint="如 2026-11-18"),
        _attribute(5, "story", "text", "经过；写在 description 里也可以"),
        _attribute(6, "protection", "singlevaluelist", "怎么保护投诉人", _PROTECTIONS.items()),
    ]
    return {"service_code": SERVICE_CODE, "attributes": Rows("attribute", attributes)}


def _attribute(
    order: int,
    code: str,
    datatype: str,
    description: str,
    values: Iterable[tuple[str, str]] = (),
    *,
    required: bool = False,
    hint: str = "",
) -> Item:
    rows: list[Item] = [{"key": str(key), "name": name} for key, name in values]
    return {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": required,
        "datatype_description": hint or None,
        "order": order,
        "description": description,
        "values": Rows("value", rows),
    }
