"""Looks at a file before anything opens it: only a whole, plain .xlsx workbook of a form's size may pass."""

import zipfile
from pathlib import Path
from typing import Final

from bot.domain.forms import FormRejectedError

_MAX_FILE_BYTES: Final = 10 * 1024 * 1024
_MAX_UNPACKED_BYTES: Final = 64 * 1024 * 1024
_MAX_XML_BYTES: Final = 24 * 1024 * 1024
_MAX_PARTS: Final = 2_000
_ENCRYPTED_FLAG: Final = 0x1
_SAVE_AS: Final = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再导入"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_HEAD_BYTES: Final = 4096
_IMAGES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def check_archive(path: Path) -> None:
    """Raises FormRejectedError with a reason that the sender can act on, unless this is an .xlsx workbook."""
    if not path.is_file():
        raise FormRejectedError(f"找不到文件“{path.name}”，请检查文件名和位置")
    size = path.stat().st_size
    if size > _MAX_FILE_BYTES:
        raise FormRejectedError(f"文件太大（{size / 1024 / 1024:.0f} MB），登记表不应超过10 MB：请删去图片等无关内容")
    content = path.read_bytes()
    if not content.strip():
        raise FormRejectedError("这个文件是空的，请检查是不是选错了")
    if not content.startswith(b"PK"):
        raise FormRejectedError(_explain_other(content))
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FormRejectedError(f"文件不完整或者已经损坏。{_SAVE_AS}") from error


def _explain_other(content: bytes) -> str:
    """Why a file that is no zip archive cannot be read, by what it really is and not by its name."""
    head = content[:_HEAD_BYTES]
    if head.startswith(_OLE):
        if _ENCRYPTED_STREAM in content:
            return "文件加了密码，没法读取。请先取消密码，再导入"
        return f"这是旧版 Excel（.xls）或其他 Office 文件。{_SAVE_AS}"
    if head.startswith(b"%PDF"):
        return "这是 PDF 文件，不是表格。请导入填写时用的 Excel 工作簿（*.xlsx）"
    if head.startswith(_IMAGES):
        return "这是图片，不是表格。请导入填写时用的 Excel 工作簿（*.xlsx）"
    if b"\x00" not in head:
        return f"这是文本、网页或 CSV 文件，不是 .xlsx 工作簿。{_SAVE_AS}"
    return f"这不是 .xlsx 工作簿。{_SAVE_AS}"


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise FormRejectedError("文件加了密码，没法读取。请先取消密码，再导入")
    unpacked = sum(part.file_size for part in parts)
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if len(parts) > _MAX_PARTS or unpacked > _MAX_UNPACKED_BYTES or xml > _MAX_XML_BYTES:
        raise FormRejectedError("文件解开后大得不像一张登记表，没有读取。请只保留填好的表再导入")
    if "xl/vbaProject.bin" in names:
        raise FormRejectedError(f"文件里带有宏。{_SAVE_AS}")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise FormRejectedError(f"这不是 .xlsx 工作簿。{_SAVE_AS}")
