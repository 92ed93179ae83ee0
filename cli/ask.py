"""`ask`: one question in the terminal, or many as JSON lines on standard input."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Final

from bot.dialogue.dialogue import Utterance
from bot.dialogue.steps.hear import understand_message
from bot.domain.catalogue import Catalogue
from bot.domain.conversation import Memory, Reply
from bot.domain.message_text import clean_text
from bot.services.clock import SystemClock
from bot.services.knowledge import Knowledge
from bot.services.loading import load_knowledge
from bot.settings import Settings
from cli.batch import BatchAnswerer, answer_lines
from cli.command import Command
from intents.understanding import Candidate, Understanding

_SHOWN: Final = 3


def run(args: Namespace, settings: Settings) -> int:
    """Prints what was understood, the verdict, the reply and why; in a batch one answer a line and nothing else."""
    if not args.batch and not args.text:
        print("请写上要问的话，例如：ask 办公租房要无房证明吗；或者用 --batch 从标准输入读", file=sys.stderr)
        return 2
    knowledge = load_knowledge(settings.catalogue, settings.intents, cache=settings.cache, reranker=settings.reranker)
    today = SystemClock().now().date()
    if args.batch:
        answerer = BatchAnswerer(knowledge.dialogue, today, knowledge.engine if args.trace else None)
        return 0 if answer_lines(sys.stdin.buffer, sys.stdout.buffer, answerer) else 1
    text = clean_text(" ".join(args.text))
    reply, _ = knowledge.dialogue.respond(Utterance(text=text), Memory(), today)
    print(describe(knowledge, understand_message(knowledge.engine, text, Memory()), reply))
    return 0


def add_arguments(parser: ArgumentParser) -> None:
    """TEXT… or --batch, with --trace."""
    parser.add_argument("text", nargs="*", metavar="TEXT", help="要问的话")
    parser.add_argument(
        "--batch", action="store_true", help="从标准输入读JSON行，每行一个问题，答案按同样的顺序写到标准输出"
    )
    parser.add_argument(
        "--trace", action="store_true", help="和 --batch 一起用：每个答案再带上 trace，写明是怎么听出来的"
    )


def describe(knowledge: Knowledge, understanding: Understanding, reply: Reply) -> str:
    """Everything about one answer, for a person at the terminal."""
    catalogue, understood = knowledge.catalogue, reply.understood
    names = "、".join(catalogue.certificates[item].name for item in understood.certificates)
    matter = catalogue.matters[understood.matter].name if understood.matter else ""
    asks = f"，在等 {reply.asks}" if reply.asks else ""
    lines = [
        f"听成：{understood.intent}，把握 {understood.confidence:.2f}",
        f"事项：{matter or '没有'} {understood.matter or ''}".rstrip(),
        f"证明：{names or '没有'} {' '.join(understood.certificates)}".rstrip(),
        f"结论：{understood.verdict or '没有'}（{reply.status}{asks}）",
        f"条目：{'、'.join(reply.entries) or '没有'}",
        "",
        words_of(reply),
        "",
        *_list_trace(catalogue, understanding),
        f"版本：{knowledge.version}",
    ]
    return "\n".join(lines)


def words_of(reply: Reply) -> str:
    """The reply as a person at a terminal reads it: every part's text, choices numbered."""
    lines: list[str] = []
    for part in reply.parts:
        lines += [part.text] if part.text else []
        lines += (f"  {number}. {choice.label}" for number, choice in enumerate(part.choices, 1))
    return "\n".join(lines)


def _list_trace(catalogue: Catalogue, understanding: Understanding) -> list[str]:
    trace = understanding.trace
    lines = [
        f"整理后：{trace.normalised}",
        f"切分：{' '.join(trace.segments)}",
        f"认出：{'、'.join(f'{mention.text}={mention.kind}:{mention.id}' for mention in trace.mentions) or '没有'}",
    ]
    lines += (f"候选 {head}：{_list_candidates(scores)}" for head, scores in trace.scores.items() if scores)
    if understanding.person or understanding.issued:
        lines.append(f"情形：{' '.join(filter(None, (understanding.person, understanding.issued)))}")
    if understanding.units:
        lines.append(f"单位：{'、'.join(catalogue.units[item].name for item in understanding.units)}")
    thresholds = " ".join(f"{name}={value:.2f}" for name, value in trace.thresholds.items())
    return [*lines, f"决定：{'；'.join(trace.decided_by)}", f"门槛：{thresholds}"]


def _list_candidates(candidates: tuple[Candidate, ...]) -> str:
    return "，".join(f"{item.id} {item.score:.2f}" for item in candidates[:_SHOWN])


COMMAND = Command(name="ask", help="在终端里问一句；或用 --batch 成批地问", run=run, add_arguments=add_arguments)
