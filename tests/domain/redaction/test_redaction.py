"""Pseudonyms in texts and values: the same for the same, in whatever form it is written."""

import pytest

from app.domain.errors import BadInput
from app.domain.redaction.findings import Place
from app.domain.redaction.profile import RedactionProfile
from app.domain.redaction.redaction import NO_REDACTION, Pseudonymising
from app.domain.redaction.tally import Tally

PLACE = Place("event")


def redacted(text: str, **profile: object) -> str:
    return Pseudonymising(RedactionProfile(**profile)).text(text, PLACE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mail jane@example.com or JANE@Example.com", "mail [EMAIL-1] or [EMAIL-1]"),
        ("?to=jane%40example.com&x=1", "?to=[EMAIL-1]&x=1"),
        (r"{\"e\":\"jane\u0040example.com\"}", r"{\"e\":\"[EMAIL-1]\"}"),
        ("邮箱zhang@qq.com谢谢", "邮箱[EMAIL-1]谢谢"),
        ("jane [at] example [dot] com", "[EMAIL-1]"),
        ("call 415-555-0123 or +1 (415) 555 0123", "call [PHONE-1] or [PHONE-1]"),
        ("手机１３８１２３４５６７８，138 1234 5678", "手机[PHONE-1]，[PHONE-1]"),
        ("座机 010-62345678", "座机 [PHONE-1]"),
        ("身份证11010519491231002X。", "身份证[CN-ID-1]。"),
        ("card 4111 1111 1111 1111 or 4\u200b111-1111-1111-1111", "card [CARD-1] or [CARD-1]"),
        ("DE89 3704 0044 0532 0130 00 please", "[IBAN-1] please"),
        ("from 10.1.2.3 and 2001:db8:0::1, v1.2.3.4 at 12:30:45", "from [IP-1] and [IP-2], v1.2.3.4 at 12:30:45"),
        ("Bearer abcdefghijkl123 sk-abcdefghijklmnop1234", "Bearer [KEY-1] [KEY-2]"),
        ("ssn 123-45-6789", "ssn [US-SSN-1]"),
        ("from credit_card_4421486, CREDIT_CARD_4421486", "from [PAYMENT-1], [PAYMENT-1]"),
        ("paypal_7732922 or gift_card_1234567 or pm_1NvQ8a2eZvKYlo2C", "[PAYMENT-1] or [PAYMENT-2] or [PAYMENT-3]"),
        (r"{\"payment_methods\": {\"certificate_8390038\": 1}}", r"{\"payment_methods\": {\"[PAYMENT-1]\": 1}}"),
        (
            '"payment_method_id": "AB-99-31", payment-source=x9y8z7',
            '"payment_method_id": "[PAYMENT-1]", payment-source=[PAYMENT-2]',
        ),
        ("1(415)555-0123, 138.1234.5678", "[PHONE-1], [PHONE-2]"),
        ("host 192.168.001.001", "host [IP-1]"),
        ("?q=jane%2540example.com and jane&#x40;example.com", "?q=[EMAIL-1] and [EMAIL-1]"),
        ("postgres://u:p4ssw0rd@db/x, password is hunter2!", "postgres://u:[KEY-1]@db/x, password is [KEY-2]!"),
    ],
)
def test_what_is_found_is_replaced(text: str, said: str) -> None:
    assert redacted(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "order 12345678901 of 2024-05-06, $1,234.56, flight UA1234 at 12:30",
        "订单号 20240506123456789，价格 1299.00 元",
        "card 4111 1111 1111 1112",
        "DE89 3704 0044 0532 0130 01",
        "身份证110105194912310021",
        "300.1.2.3 and std::vector, a::b",
        "meet @ noon",
        "pay by credit_card, gift_card or paypal; certificate_2 of my_certificate_v2024x; payment_id: none",
        "payment of 4421486, card_holder_name, card_game_2024",
    ],
)
def test_near_misses_stay(text: str) -> None:
    assert redacted(text) == text


def test_names_are_whole_words_in_any_case_and_order() -> None:
    names = ("Jane Doe", "王小明", "Müller")

    assert redacted("MU\u0308LLER", names=names) == "[NAME-1]"
    said = redacted("JANE DOE, doe, jane and jane.doe@x.org; Jane Doerr; 王小明说", names=names)

    assert said == "[NAME-1], [NAME-1] and [EMAIL-1]; Jane Doerr; [NAME-2]说"


def test_values_are_redacted_with_the_names_of_their_members() -> None:
    redaction = Pseudonymising(RedactionProfile())
    value = {"phone_number": 4155550123, "jane@example.com": {"password": "x", "n": [1.5, True, None]}}

    said = redaction.value(value, PLACE)

    assert said == {"phone_number": "[PHONE-1]", "[EMAIL-1]": {"password": "[FIELD-1]", "n": [1.5, True, None]}}


def test_events_of_a_class_lose_all_their_fields() -> None:
    redaction = Pseudonymising(RedactionProfile(classifications=frozenset({"personal"})))
    place = Place("event", classification="personal")

    assert redaction.value({"role": "user", "text": "hello", "n": 3}, place) == {
        "role": "user", "text": "[FIELD-1]", "n": "[FIELD-2]",
    }  # fmt: skip


def test_what_is_kept_stays_and_is_counted() -> None:
    redaction = Pseudonymising(RedactionProfile(), kept=[("email", "jane@example.com")])

    said = redaction.text("jane@example.com, joe@example.com", PLACE)

    assert said == "jane@example.com, [EMAIL-1]"
    assert redaction.report(Tally()).to_json()["kept"] == {"email": 1}


def test_no_redaction_changes_nothing_and_says_so() -> None:
    assert NO_REDACTION.text("jane@example.com", PLACE) == "jane@example.com"
    assert NO_REDACTION.report(Tally()).profile is None
    assert "Nothing was redacted" in NO_REDACTION.report(Tally()).sentence


def test_too_deep_a_value_is_refused() -> None:
    value: object = "x"
    for _ in range(300):
        value = [value]

    with pytest.raises(BadInput, match="nested deeper"):
        Pseudonymising(RedactionProfile()).value(value, PLACE)


@pytest.mark.parametrize(
    "name", ["payment_method_id", "paymentId", "user.payment_methods", "PAYMENT-SOURCE", "payment_ids"]
)
def test_ids_in_fields_of_payments_are_taken_out_whatever_their_form(name: str) -> None:
    redaction = Pseudonymising(RedactionProfile())

    said = redaction.value({name: ["visa-8831", "credit_card", 88311902], "text": "visa-8831"}, PLACE)

    assert said[name] == ["[PAYMENT-1]", "credit_card", "[PAYMENT-2]"]


def test_names_of_members_in_such_fields_are_ids_too_and_have_one_pseudonym() -> None:
    redaction = Pseudonymising(RedactionProfile())

    said = redaction.value(
        {
            "payment_methods": {"visa_8831": {"id": "visa_8831"}, "gift_card_1234567": {"id": "gift_card_1234567"}},
            "payment_history": [{"payment_id": "gift_card_1234567", "amount": 830}],
        },
        PLACE,
    )

    assert said["payment_methods"] == {"[PAYMENT-1]": {"id": "[PAYMENT-1]"}, "[PAYMENT-2]": {"id": "[PAYMENT-2]"}}
    assert said["payment_history"] == [{"payment_id": "[PAYMENT-2]", "amount": 830}]
