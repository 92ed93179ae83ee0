"""`create-account`: makes an account for an operator or staff; asks for the password, never takes it as an argument."""

import asyncio
import getpass
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Final

from bot.domain.errors import InvalidInputError
from bot.domain.viewer import Role
from bot.ports import Accounts, AuditTrail
from bot.settings import Settings
from cli.command import Command

AccountStores = tuple[Accounts, AuditTrail]
OpenAccounts = Callable[[str], AbstractAsyncContextManager[AccountStores]]

_ROLES: Final = (Role.OPERATOR, Role.HANDLER, Role.STAFF, Role.SUPERVISOR)


def make_command(open_accounts: OpenAccounts) -> Command:
    """The command, given how to open the stores of a database address."""

    def run(arguments: Namespace, settings: Settings) -> int:
        password = _read_password()
        asyncio.run(_create(arguments, password, open_accounts(settings.database_url)))
        print(f"账号 {arguments.login} 已建好，可以登录接线台了")
        return 0

    return Command(name="create-account", help="为话务员或工作人员开一个账号", add_arguments=add_arguments, run=run)


def add_arguments(parser: ArgumentParser) -> None:
    """LOGIN and who it is for."""
    parser.add_argument("login", metavar="LOGIN", help="登录名")
    parser.add_argument("--role", required=True, choices=[role.value for role in _ROLES], help="能做什么")
    parser.add_argument("--name", required=True, help="姓名，显示在接线台上")
    parser.add_argument("--unit", metavar="ID", help="所属单位的编号，如果只为一家单位工作")


async def _create(arguments: Namespace, password: str, opened: AbstractAsyncContextManager[AccountStores]) -> None:
    async with opened as (accounts, audit):
        role = Role(arguments.role)
        account_id = await accounts.create(
            login=arguments.login, name=arguments.name, password=password, role=role, unit_id=arguments.unit
        )
        await audit.record(actor_id="", action="create-account", target=account_id, detail=role.value)


def _read_password() -> str:
    """From the terminal, twice and unseen; else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("密码：")
    if getpass.getpass("再输一遍：") != password:
        raise InvalidInputError("两次输入的密码不一样")
    return password
