"""The catalogue as JSON-LD in the European vocabularies for public services (CPSV-AP) and evidence (CCCEV).

matter -> PublicService, entry -> Requirement, certificate -> EvidenceType, what may stand in its place -> a further
EvidenceTypeList, unit -> PublicOrganisation, measure and channel -> SKOS concepts. Subjects are named relative to the
place where the file is published, unless the city's fact `data_base_uri` names a base.
"""

from collections.abc import Iterator
from typing import Any, Final

from bot.domain.catalogue import Catalogue, Certificate, Channel, Entry, Matter, Measure, Unit

Node = dict[str, Any]

_TERMS: Final = "urn:x-mianzheng:term:"
_CONTEXT: Final[Node] = {
    "@language": "zh",
    "adms": "http://www.w3.org/ns/adms#",
    "cccev": "http://data.europa.eu/m8g/",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "mz": _TERMS,
    "org": "http://www.w3.org/ns/org#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct:identifier": {"@language": None},
    "skos:notation": {"@language": None},
    "mz:origin": {"@language": None},
    "mz:inForceFrom": {"@type": "xsd:date"},
    **{
        name: {"@type": "@id"}
        for name in (
            "cv:hasCompetentAuthority",
            "cv:holdsRequirement",
            "cccev:hasEvidenceTypeList",
            "cccev:specifiesEvidenceType",
            "dct:publisher",
            "skos:inScheme",
            "skos:topConceptOf",
            "mz:noLongerHolds",
            "mz:measure",
            "mz:channel",
        )
    },
}
# Terms of our own, for what the vocabularies have no word for.
_OWN_TERMS: Final = {
    "measure": "措施：这张证明用什么办法免交",
    "channel": "渠道：事实通过什么途径核对",
    "noLongerHolds": "事项原来索要、现已取消的证明",
    "legalBasis": "处理办法的依据",
    "demandBasis": "原来索要证明的依据",
    "citizenAction": "群众怎么做",
    "verifyTimeLimit": "核实时限",
    "scope": "适用范围",
    "scopeNote": "适用范围说明",
    "inForceFrom": "从哪天起",
    "origin": "来源：official 为文件规定，illustrative 为待单位核对的示例",
    "issuerName": "出具单位的名称",
    "handling": "即办或承诺件",
    "audience": "办事对象",
}
# Levels of bodies that are no public organisations.
_COMPANIES: Final = frozenset({"企业", "公用事业"})
# What the applicant gives, or has done, in place of the certificate.
_STAND_INS: Final = {
    Measure.COMMITMENT: ("commitment", "告知承诺书"),
    Measure.SUBSTITUTE: ("substitute", "能够代替的其他材料"),
}
_FACE_CHECK: Final = ("face", "现场人脸核验")


def link_catalogue(catalogue: Catalogue) -> Node:
    """The catalogue as one JSON-LD document."""
    base = {"@base": catalogue.fact("data_base_uri")} if catalogue.fact("data_base_uri") else {}
    graph = [
        *_link_terms(),
        *_link_schemes(catalogue),
        *(_link_unit(unit) for unit in catalogue.units.values()),
        *(_link_certificate(certificate) for certificate in catalogue.certificates.values()),
        *_link_stand_ins(),
        *(_link_matter(matter, catalogue.list_by_matter(matter.id)) for matter in catalogue.matters.values()),
        *(_link_entry(entry, catalogue) for entry in catalogue.entries.values()),
    ]
    return {"@context": {**base, **_CONTEXT}, "@graph": graph}


def _link_terms() -> Iterator[Node]:
    for name, meaning in _OWN_TERMS.items():
        yield {"@id": f"{_TERMS}{name}", "@type": "rdf:Property", "rdfs:label": meaning}


def _link_schemes(catalogue: Catalogue) -> Iterator[Node]:
    """Measures and channels, explained in the words of the city's table where it has some."""
    texts = {text.name: text for text in catalogue.measures.values()} | catalogue.measures
    yield {"@id": "#measures", "@type": "skos:ConceptScheme", "dct:title": "无证明办事措施"}
    for measure in Measure:
        yield _link_concept(_measure_id(measure), "#measures", measure.name, measure.value, texts.get(measure.value))
    yield {"@id": "#channels", "@type": "skos:ConceptScheme", "dct:title": "核对渠道"}
    for channel in Channel:
        if channel is not Channel.NONE:
            text = texts.get(channel.value)
            name = text.name if text else channel.value
            yield _link_concept(f"#channel/{channel.value}", "#channels", channel.name, name, text)


def _link_concept(id_: str, scheme: str, notation: str, name: str, text: Any) -> Node:
    node = {
        "@id": id_,
        "@type": "skos:Concept",
        "skos:inScheme": scheme,
        "skos:topConceptOf": scheme,
        "skos:notation": notation,
        "skos:prefLabel": name,
    }
    return node | ({"skos:definition": text.meaning, "mz:legalBasis": text.citation} if text else {})


def _link_unit(unit: Unit) -> Node:
    other_names = [name for name in dict.fromkeys((unit.short_name, *unit.aliases)) if name != unit.name]
    return _fill(
        {
            "@id": f"#unit/{unit.id}",
            "@type": "org:Organization" if unit.level in _COMPANIES else "cv:PublicOrganisation",
            "dct:identifier": unit.id,
            "skos:prefLabel": unit.name,
            "skos:altLabel": other_names,
        }
    )


def _link_certificate(certificate: Certificate) -> Node:
    return _fill(
        {
            "@id": f"#certificate/{certificate.id}",
            "@type": "cccev:EvidenceType",
            "dct:identifier": certificate.id,
            "dct:title": certificate.name,
            "skos:altLabel": list(certificate.aliases),
            "dct:publisher": f"#unit/{certificate.issuer_unit_id}" if certificate.issuer_unit_id else "",
            "mz:issuerName": certificate.issuer,
        }
    )


def _link_stand_ins() -> Iterator[Node]:
    for name, title in (*_STAND_INS.values(), _FACE_CHECK):
        yield {"@id": f"#stand-in/{name}", "@type": "cccev:EvidenceType", "dct:identifier": name, "dct:title": title}


def _link_matter(matter: Matter, entries: tuple[Entry, ...]) -> Node:
    """Cancelled certificates are no requirements of the service any more, and stand apart."""
    cancelled = [_entry_id(entry) for entry in entries if entry.measure is Measure.CANCEL]
    return _fill(
        {
            "@id": f"#matter/{matter.id}",
            "@type": "cpsv:PublicService",
            "dct:identifier": matter.id,
            "dct:title": matter.name,
            "skos:altLabel": list(matter.aliases),
            "cv:hasCompetentAuthority": f"#unit/{matter.unit_id}",
            "cv:holdsRequirement": [_entry_id(entry) for entry in entries if entry.measure is not Measure.CANCEL],
            "mz:noLongerHolds": cancelled,
            "mz:demandBasis": matter.demand_basis,
            "mz:handling": matter.handling.value,
            "mz:audience": matter.audience,
        }
    )


def _link_entry(entry: Entry, catalogue: Catalogue) -> Node:
    matter, certificate = catalogue.matters[entry.matter_id], catalogue.certificates[entry.certificate_id]
    return _fill(
        {
            "@id": _entry_id(entry),
            "@type": "cccev:Requirement",
            "dct:identifier": entry.id,
            "dct:title": f"{matter.name}：{certificate.name}",
            "dct:description": entry.reason,
            "mz:measure": _measure_id(entry.measure),
            "mz:channel": "" if entry.channel is Channel.NONE else f"#channel/{entry.channel.value}",
            "mz:citizenAction": entry.action,
            "mz:legalBasis": list(entry.legal_basis),
            "mz:demandBasis": entry.demand_basis,
            "mz:verifyTimeLimit": entry.verify_time_limit,
            "mz:scope": entry.scope.value,
            "mz:scopeNote": entry.scope_note,
            "mz:inForceFrom": entry.effective_from.isoformat() if entry.effective_from else "",
            "mz:origin": entry.origin.value,
            "dct:source": entry.source,
            "cccev:hasEvidenceTypeList": list(_link_evidence(entry)),
        }
    )


def _link_evidence(entry: Entry) -> Iterator[Node]:
    """Any of the lists will do: the certificate itself, or what the measure puts in its place."""
    accepted = [f"#certificate/{entry.certificate_id}"]
    stand_in = _FACE_CHECK if entry.channel is Channel.FACE else _STAND_INS.get(entry.measure)
    if stand_in is not None:
        accepted.append(f"#stand-in/{stand_in[0]}")
    for number, evidence in enumerate(accepted, 1):
        yield {
            "@id": f"#evidence/{entry.id}-{number}",
            "@type": "cccev:EvidenceTypeList",
            "cccev:specifiesEvidenceType": [evidence],
        }


def _entry_id(entry: Entry) -> str:
    return f"#entry/{entry.id}"


def _measure_id(measure: Measure) -> str:
    return f"#measure/{measure.name.lower()}"


def _fill(node: Node) -> Node:
    """Without what is empty."""
    return {name: value for name, value in node.items() if value not in ("", [])}
