"""Draws a letter of commitment as PDF, with Chinese type that every reader brings along (Adobe's CID font STSong)."""

from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

from bot.domain.commitment import CommitmentLetter, SignedCommitment
from bot.domain.identity import mask_number
from bot.domain.working_time import china_moment

_FONT: Final = "STSong-Light"
_BODY: Final = ParagraphStyle("body", fontName=_FONT, fontSize=12, leading=21, wordWrap="CJK", spaceAfter=5)
_HEAD: Final = ParagraphStyle("head", parent=_BODY, fontSize=13, spaceBefore=8, spaceAfter=2)
_TITLE: Final = ParagraphStyle("title", parent=_BODY, fontSize=19, leading=28, alignment=TA_CENTER, spaceAfter=12)
_SMALL: Final = ParagraphStyle("small", parent=_BODY, fontSize=8.5, leading=13)


def draw_letter(letter: CommitmentLetter, signed: SignedCommitment | None) -> bytes:
    """The PDF; with lines to sign on where it is not signed yet."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    title = f"{letter.certificate}告知承诺书"
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=25 * mm,
        topMargin=22 * mm,
        bottomMargin=20 * mm,
        title=title,
        author=letter.unit,
        subject=letter.matter,
        lang="zh-CN",
    )
    document.build([*_body_of(letter, title), *(_blank_lines() if signed is None else _signature_of(signed))])
    return out.getvalue()


def _body_of(letter: CommitmentLetter, title: str) -> list[Flowable]:
    return [
        _line(title, _TITLE),
        _line(f"办理事项：{letter.matter}"),
        _line(f"办理单位：{letter.unit}"),
        _line("一、要证明什么", _HEAD),
        _line(letter.proves),
        _line("二、依据", _HEAD),
        *(_line(citation) for citation in letter.basis),
        _line("三、承诺人承诺", _HEAD),
        *(_line(f"{number}. {text}") for number, text in enumerate(letter.promises, 1)),
        _line("四、怎么核查", _HEAD),
        _line(letter.checks),
        _line("五、承诺不实的责任", _HEAD),
        _line("".join(letter.liability)),
        Spacer(1, 8 * mm),
    ]


def _signature_of(signed: SignedCommitment) -> list[Flowable]:
    at = china_moment(signed.signed_at)
    return [
        _line(f"承诺人：{signed.signer_name}　　证件号码：{mask_number(signed.signer_number)}"),
        _line(f"电子签署时间：{at:%Y年%m月%d日 %H:%M:%S}　　编号：{signed.number}"),
        _line(f"正文校验值（SHA-256）：{signed.letter.hash}", _SMALL),
        _line(f"签署校验值（SHA-256）：{signed.signature}", _SMALL),
    ]


def _blank_lines() -> list[Flowable]:
    return [_line("承诺人（签名）：________________　　日期：______年____月____日")]


def _line(text: str, style: ParagraphStyle = _BODY) -> Flowable:
    return Paragraph(escape(text), style)
