"""Catalogue entry + what the citizen told -> verdict with its articles. Pure; the heart of the program."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Final

from bot.domain.catalogue import Catalogue, Certificate, Entry, IssuerKind, Measure, Origin, Scope
from bot.domain.verdict import Circumstances, IssuedWhere, Person, Reason, Verdict, VerdictKind

# Article 12 spares the applicant in person these two, and names them by these national names.
_IDENTITY_DOCUMENTS: Final = frozenset({"居民身份证", "营业执照"})
# Measures that work without the issuer's data, so that it does not matter where a certificate was issued (article 2).
_INDEPENDENT_OF_ISSUER: Final = frozenset({Measure.CANCEL, Measure.SUBSTITUTE, Measure.COMMITMENT})
# What people mean first when they name a certificate alone, if every entry agrees.
_STRICTEST_FIRST: Final = (
    VerdictKind.CLARIFY,
    VerdictKind.NEEDED,
    VerdictKind.DEPENDS,
    VerdictKind.NOT_LISTED,
    VerdictKind.NOT_NEEDED,
)


def decide(
    catalogue: Catalogue,
    *,
    matter_id: str | None,
    certificate_id: str,
    circumstances: Circumstances,
    on: date,
) -> Verdict:
    """The verdict about one certificate on one day.

    Args:
        matter_id: the matter, or None where the citizen named none: then it is answered only if all entries agree.
        circumstances: who comes, and where the certificate was issued.
        on: the day for which it is asked; an entry that is not in force yet spares nobody anything.

    Raises:
        KeyError: an id that the catalogue does not hold.
    """
    certificate = catalogue.certificates[certificate_id]
    if matter_id is None:
        return _decide_for_all(catalogue, certificate, circumstances, on)
    entry = catalogue.find_entry(catalogue.matters[matter_id].id, certificate_id)
    if entry is None:
        return _refuse_unlisted(catalogue, matter_id, certificate_id)
    return _decide_entry(catalogue, entry, certificate, circumstances, on)


def overall(verdicts: tuple[Verdict, ...]) -> VerdictKind:
    """One word for several certificates: the strictest of their verdicts."""
    kinds = {verdict.kind for verdict in verdicts}
    return next(kind for kind in _STRICTEST_FIRST if kind in kinds)


def is_identity_document(certificate: Certificate) -> bool:
    """Identity card or business licence, which article 12 spares only those who apply in person."""
    return certificate.name in _IDENTITY_DOCUMENTS


def _decide_entry(
    catalogue: Catalogue, entry: Entry, certificate: Certificate, circumstances: Circumstances, on: date
) -> Verdict:
    verdict = _verdict_of(entry, catalogue)
    if entry.scope is Scope.EXCLUDED:
        judicial = certificate.issuer_kind is IssuerKind.JUDICIARY
        reason = Reason.JUDICIAL if judicial else Reason.EXCLUDED
        key = "judicial_document" if judicial else "scope_exclusions"
        return replace(verdict, kind=VerdictKind.NEEDED, reason=reason, basis=_join(catalogue.cite(key), verdict.basis))
    if entry.measure is Measure.NOT_YET:
        return replace(verdict, kind=VerdictKind.NEEDED, reason=Reason.NOT_YET)
    if entry.effective_from and on < entry.effective_from:
        return replace(
            verdict, kind=VerdictKind.NEEDED, reason=Reason.NOT_IN_FORCE, time_limit=entry.effective_from.isoformat()
        )
    if entry.measure is Measure.CANCEL:
        return verdict
    if circumstances.person is Person.AGENT and is_identity_document(certificate):
        basis = _join(catalogue.cite("identity_of_applicant"), verdict.basis)
        return replace(verdict, kind=VerdictKind.NEEDED, reason=Reason.AGENT, basis=basis)
    if circumstances.issued is IssuedWhere.OUTSIDE and entry.measure not in _INDEPENDENT_OF_ISSUER:
        basis = _join(catalogue.cite("scope_exclusions"), verdict.basis)
        return replace(verdict, kind=VerdictKind.DEPENDS, reason=Reason.ISSUED_OUTSIDE, basis=basis)
    return verdict


def _verdict_of(entry: Entry, catalogue: Catalogue) -> Verdict:
    """What the entry says for somebody who comes in person with a certificate of this city."""
    by_reference = entry.scope is Scope.BY_REFERENCE
    return Verdict(
        kind=VerdictKind.NOT_NEEDED,
        reason=Reason.MEASURE,
        matter_id=entry.matter_id,
        certificate_id=entry.certificate_id,
        measure=entry.measure,
        channel=entry.channel,
        action=entry.action,
        why=entry.reason,
        time_limit=entry.verify_time_limit,
        basis=_join(entry.legal_basis, catalogue.cite("by_reference") if by_reference else ()),
        entry_ids=(entry.id,),
        by_reference=by_reference,
        plan_only=entry.scope is Scope.PLAN_ONLY,
        is_sample=entry.origin is Origin.ILLUSTRATIVE,
    )


def _decide_for_all(catalogue: Catalogue, certificate: Certificate, circumstances: Circumstances, on: date) -> Verdict:
    entries = catalogue.list_by_certificate(certificate.id)
    verdicts = [_decide_entry(catalogue, entry, certificate, circumstances, on) for entry in entries]
    kinds = {verdict.kind for verdict in verdicts}
    if len(kinds) != 1:
        return Verdict(
            kind=VerdictKind.CLARIFY,
            reason=Reason.MATTER_DECIDES,
            matter_id=None,
            certificate_id=certificate.id,
            likely_matter_ids=tuple(entry.matter_id for entry in entries),
        )
    first = verdicts[0]
    # Who acts for another is told so (article 12), whatever the matter.
    are_alike = len(verdicts) == 1 or {verdict.reason for verdict in verdicts} == {Reason.AGENT}
    measures = Counter(verdict.measure for verdict in verdicts)
    return replace(
        first,
        matter_id=first.matter_id if len(verdicts) == 1 else None,
        reason=first.reason if are_alike else Reason.ALL_AGREE,
        measure=first.measure if len(measures) == 1 else None,
        channel=first.channel if len({verdict.channel for verdict in verdicts}) == 1 else None,
        action=first.action if len({verdict.action for verdict in verdicts}) == 1 else "",
        basis=_join(*(verdict.basis for verdict in verdicts)),
        entry_ids=tuple(entry.id for entry in entries),
        likely_matter_ids=tuple(entry.matter_id for entry in entries),
        is_sample=any(verdict.is_sample for verdict in verdicts),
    )


def _refuse_unlisted(catalogue: Catalogue, matter_id: str, certificate_id: str) -> Verdict:
    """Outside the catalogue no matter and no certificate (2020 rules, article 8)."""
    return Verdict(
        kind=VerdictKind.NOT_LISTED,
        reason=Reason.NOT_LISTED,
        matter_id=matter_id,
        certificate_id=certificate_id,
        basis=_join(catalogue.cite("closed_world"), catalogue.cite("national_closed_list")),
        is_sample=any(entry.origin is Origin.ILLUSTRATIVE for entry in catalogue.list_by_matter(matter_id)),
    )


def _join(*citations: tuple[str, ...]) -> tuple[str, ...]:
    """All citations once, in order."""
    return tuple(dict.fromkeys(citation for group in citations for citation in group))
