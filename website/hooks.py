"""Hooks of mkdocs: pages and programs that stand outside of docs/, and links that leave it.

Nothing is copied by hand: the pages and the programs are taken from their files at each build.
"""

from __future__ import annotations

import posixpath
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from clients.page import FENCES, TITLES  # noqa: E402
from clients.programs import PROGRAMS, Program  # noqa: E402

OUTSIDE = {"security.md": "SECURITY.md", "changelog.md": "CHANGELOG.md"}
OUTSIDE["contributing.md"] = "CONTRIBUTING.md"
"""Pages that are files at the top of the project; in docs/ they only lead there."""
PROGRAM_PAGES = {
    "aliyun": r"aliyun(\.py|\.js|/main\.go)|AliyunOcr",
    "aliyun_market": r"aliyun_(appcode|services|signed)|AliyunMarket|aliyun\.sh",
    "aws": r"aws_textract|AwsTextract",
    "azure": r"azure_|Azure",
    "baidu": r"baidu|Baidu",
    "google": r"google_vision|GoogleVision",
    "huawei": r"huawei|Huawei",
    "ocr_space": r"ocr_space",
    "tencent": r"tencent|Tencent|JdkHttpClient",
    "tupu": r"tupu|Tupu",
    "wechat": r"wechat|WeChat",
}
"""Page → the client programs that it shows, by the names of their files."""
_HEADINGS = {"en": "Whole programs", "zh": "完整程序"}
_INTROS = {
    "en": "`scripts/clients` runs each of them against a server: it reads a picture, and gets the"
    " errors for a wrong secret, a bad picture and a used-up quota.",
    "zh": "这些程序由 `scripts/clients` 逐个对着服务器运行：识别一张图片，"
    "并收到密钥错误、图片损坏、额度用完三种错误。",
}
_CODE = re.compile(r"^\[[^\]]+\]\(\.\./([^)\s]+\.(py|java|ts|mjs|go|yaml))\)$", re.MULTILINE)
"""A line that is only a link to a file of code: the site shows the file below it."""
_FENCE_OF = {"mjs": "js"}
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)\s]+)\)")


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Lead links that leave docs/ to the repository, and append the programs of a vendor."""
    name = Path(page.file.src_uri).name.partition(".")[0]
    if page.file.src_uri in OUTSIDE:
        markdown = _moved((ROOT / OUTSIDE[page.file.src_uri]).read_text("utf-8"))
    text = _CODE.sub(_shown, markdown)
    text = _LINK.sub(lambda match: f"]({_target(match[1], config)})", text)
    programs = [p for p in _programs() if re.search(PROGRAM_PAGES.get(name, "(?!)"), p.source)]
    if programs:
        language = "zh" if ".zh." in page.file.src_uri else "en"
        text += f"\n\n## {_HEADINGS[language]}\n\n{_INTROS[language]}\n\n"
        text += "\n".join(_tab(program, programs) for program in programs)
    return text


def _moved(text: str) -> str:
    """A page at the top of the project as if it stood in docs/."""

    def target(match: re.Match[str]) -> str:
        path = match[1]
        return f"]({path.removeprefix('docs/') if path.startswith('docs/') else '../' + path})"

    return _LINK.sub(target, text)


def _target(target: str, config: Any) -> str:
    path, hash, anchor = target.partition("#")
    if not path.startswith("../"):
        return target
    outside = path.removeprefix("../")
    for page, source in OUTSIDE.items():
        if outside == source:
            return page + hash + anchor
    kind = "tree" if (ROOT / outside).is_dir() else "blob"
    return posixpath.join(config.repo_url, kind, "main", outside) + hash + anchor


def _shown(match: re.Match[str]) -> str:
    code = (ROOT / match[1]).read_text("utf-8").rstrip()
    return f"{match[0]}\n\n```{_FENCE_OF.get(match[2], match[2])}\n{code}\n```"


def _programs() -> list[Program]:
    """Each program once, in the order of the languages."""
    first = {program.path: program for program in reversed(PROGRAMS)}
    return [p for language in TITLES for p in first.values() if p.language == language]


def _tab(program: Program, shown: list[Program]) -> str:
    code = program.path.read_text("utf-8").rstrip()
    same = [p for p in shown if (p.language, p.title) == (program.language, program.title)]
    label = program.title if len(same) == 1 else program.package
    lines = [f'=== "{TITLES[program.language]}: {label}"', ""]
    lines += [f"    {program.name}", ""]
    lines += [f"    ```{FENCES[program.language]}", *(f"    {line}" for line in code.splitlines())]
    return "\n".join([*lines, "    ```", ""])
