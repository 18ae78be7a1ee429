"""The formats of this folder, in the order in which they are asked whether they know a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.adapters.files.chats.aistudio import AiStudioFormat
from app.adapters.files.chats.chatbotui import ChatbotUiFormat
from app.adapters.files.chats.chatgpt import ChatGptFormat
from app.adapters.files.chats.claude import ClaudeFormat
from app.adapters.files.chats.codex import CodexFormat
from app.adapters.files.chats.librechat import LibreChatFormat
from app.adapters.files.chats.oasst import OpenAssistantFormat
from app.adapters.files.chats.oasst_flat import OpenAssistantListFormat
from app.adapters.files.chats.openwebui import OpenWebUiFormat
from app.adapters.files.chats.preferences import PreferencePairsFormat
from app.adapters.files.chats.sharegpt import ShareGptFormat

if TYPE_CHECKING:
    from app.application.ports import SessionFormat

CHAT_FORMATS: Final[tuple[SessionFormat, ...]] = (
    ChatGptFormat(),
    ClaudeFormat(),
    OpenWebUiFormat(),
    LibreChatFormat(),
    OpenAssistantFormat(),
    OpenAssistantListFormat(),
    ShareGptFormat(),
    PreferencePairsFormat(),
    ChatbotUiFormat(),
    AiStudioFormat(),
    CodexFormat(),
)
