"""How a complaint is called: by what the catalogue knows, else in the citizen's own words."""

from bot.domain.catalogue import Catalogue
from bot.domain.complaint import Subject
from bot.domain.personal_data import mask_personal_data


def make_title(catalogue: Catalogue, subject: Subject) -> str:
    """One line, such as “区住建局：办公租房申请要无房证明”; nothing personal in it."""
    matter = catalogue.matters.get(subject.matter_id or "")
    about = matter.name if matter else subject.matter_told
    certificates = "、".join(name_certificates(catalogue, subject)) or subject.certificate_told
    what = f"{f'办{about}' if about else ''}{f'要{certificates}' if certificates else ''}" or "反映索要证明"
    unit = name_unit(catalogue, subject)
    return mask_personal_data(f"{unit}：{what}" if unit else what)


def name_unit(catalogue: Catalogue, subject: Subject) -> str:
    """The unit that the complaint is about; empty where nobody named one."""
    return name_unit_id(catalogue, subject.unit_id) or subject.unit_told


def name_unit_id(catalogue: Catalogue, unit_id: str | None) -> str:
    """A unit's name, or its id where the catalogue does not know it any more."""
    if not unit_id:
        return ""
    unit = catalogue.units.get(unit_id)
    return unit.short_name if unit else unit_id


def name_certificates(catalogue: Catalogue, subject: Subject) -> tuple[str, ...]:
    """The certificates' names."""
    known = (catalogue.certificates.get(id_) for id_ in subject.certificate_ids)
    return tuple(certificate.name for certificate in known if certificate)
