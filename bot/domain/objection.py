"""The holder says that a value of an electronic licence is wrong (article 13 (4)): what the issuer is asked. Pure.

The value is not used while it is looked into; meanwhile the applicant's own material counts (provincial rule, art. 7).
"""

from bot.domain.e_license import LicenseRequest
from bot.domain.errors import ConflictError, InvalidInputError
from bot.domain.verification import Question

LONGEST_WORDS = 500


def word_question(request: LicenseRequest, name: str, said: str) -> Question:
    """What the issuing unit is asked to look into.

    Args:
        name: of the disputed field. said: what the citizen says is right.

    Raises:
        InvalidInputError: nothing was said, or too much. ConflictError: there is no licence to object to.
    """
    words = said.strip()
    if not words or len(words) > LONGEST_WORDS:
        raise InvalidInputError("请写明哪里不对、应该是什么", {"said": "要写，最多500字"})
    if request.license is None or request.consent is None:
        raise ConflictError("调到的内容已经删除，要提异议请重新调取一次")
    value = request.license.fields.get(name, "")
    holder = request.consent.holder
    facts = f"电子证照上“{name}”是“{value}”，本人认为不对：{words}"
    return Question(name=holder.name, number=holder.number, facts=facts, field=name)
