"""Stopping: what a word of stopping is about in every language, and what is done, alone and beside other things."""

from typing import Any

import pytest

from hotline.channels.parsing.parser import Hearing
from hotline.engine.steps import Ask, Choose
from hotline.flows import FLOWS, dialog_manager
from hotline.flows.intents.intents import Kind, Meaning, command
from hotline.flows.intents.routing import meaning
from hotline.model.effects import Draft, Drop, OptOut, Take, Withdraw
from hotline.model.needs import Status
from tests.unit.build import ME, NOW, facts, hearing, need

VOLUNTEER = {"volunteer": True, "known": True}
OFFER: dict[str, Any] = {"open": (need(112),), "asked_at": NOW - 30}
IN_HAND = need(112, Status.TAKEN, takers=(ME,))
MINE = need(101, neighbor=ME)


@pytest.fixture(scope="module")
def ear(tmp_path_factory: pytest.TempPathFactory) -> Hearing:
    return hearing(tmp_path_factory.mktemp("ear"))


def objects(ear: Hearing, words: str) -> set[str]:
    return {stop.object for stop in ear.hear(words).stops}


def means(ear: Hearing, words: str, **known: Any) -> Meaning:
    here = facts(**known)
    session = here.me.session
    question = FLOWS[session.flow].find(session.step) if session.waiting else None
    return meaning(ear.hear(words), here, question if isinstance(question, Choose | Ask) else None)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "stop",
            "Stop!",
            "stop txt",
            "stop msgs",
            "stop texting me",
            "k stop txtn me now ty",
            "unsuscribe",
            "UNSUBCRIBE",
        ),
        *(
            "enough with the texts",
            "Please remove",
            "no thank you stop",
            "ok stop",
            "stop bugging me",
            "no more texting",
        ),
        *("dont msg me anymore", "take me off the list", "lose my number", "what i need is for you to stop texting me"),
        *(
            "no me manden más mensajes",
            "dejen de textearme",
            "elimíneme de la lista",
            "borren mi numero porfa",
            "ya basta de mensajes",
        ),
        *(
            "arrêtez de m'envoyer des sms",
            "ne m'écrivez plus",
            "enlevez mon numéro de votre liste",
            "plus de textos svp",
        ),
        *("sispann ekri m", "pa voye mesaj ban mwen ankò", "retire nimewo m nan lis la", "kite m trankil"),
        *(
            "para de me mandar mensagem",
            "não quero mais receber mensagens",
            "tira meu número da lista",
            "me descadastra",
        ),
        *("đừng nhắn cho tôi nữa", "ngung gui tin cho toi", "xóa số tôi đi", "khong muon nhan tin nua", "huy dang ky"),
        *("不要再给我发短信了", "别发了", "把我从名单上删掉", "退订", "我不想再收短信", "唔好再傳短訊"),
        *("لا ترسلوا لي رسائل", "توقفوا عن مراسلتي", "احذفوا رقمي", "ما بدي رسائل", "متبعتليش رسايل تاني"),
        *("не пишите мне больше", "मुझे मैसेज मत भेजो"),
    ],
)
def test_our_texts_are_ended_in_every_language(ear: Hearing, words: str) -> None:
    assert means(ear, words).kind is Kind.OPT_OUT


@pytest.mark.parametrize(
    "words",
    [
        *(
            "please stop at 12 Elm",
            "please stop by my house",
            "stop hitting me",
            "please stop worrying",
            "bus stop on Elm",
        ),
        *(
            "get me out of here",
            "take me out of the hospital tomorrow",
            "don't text him my address",
            "he won't stop texting me",
        ),
        *(
            "my ex keeps texting, he won't stop texting me",
            "stop calling my landlord please",
            "stop sending Ben please, send Maria",
        ),
        *(
            "pare en la esquina de Elm",
            "pare de mandar carne por favor",
            "no quiero molestar a nadie",
            "para na frente da padaria",
        ),
        *("arretez vous au 2e feu", "arrêtez d'envoyer de la viande", "pa rele nan entèkòm nan", "kanpe nan baryè a"),
        *("dừng xe chỗ trạm xe buýt", "过第二个红灯停", "公交停运了", "وقف قدام البيت", "не звоните в дверь"),
    ],
)
def test_a_stop_about_somebody_or_something_else_ends_nothing(ear: Hearing, words: str) -> None:
    assert not ear.hear(words).ends_texts


@pytest.mark.parametrize(
    "words",
    [
        *("minha avó não responde", "o bebê não responde", "meu filho não responde no telefone"),
        *("minha avó caiu da escada e não responde", "mi hijo no escribe", "mi hijo no escribe hace dos dias"),
        *("mon fils n'écrit plus", "my son won't text me back", "grann mwen pa reponn", "con tôi không trả lời"),
    ],
)
def test_what_others_do_not_write_or_answer_ends_nothing(ear: Hearing, words: str) -> None:
    """Of somebody who does not answer, something may have happened to them: that is no word about our texts."""
    assert not ear.hear(words).ends_texts


@pytest.mark.parametrize(
    ("words", "object_"),
    [
        ("no more calls", "calls"),
        ("stop calling me", "calls"),
        ("dejen de llamarme", "calls"),
        ("don't call me, just text", "by_text"),
        ("don't text, ring the house phone", "by_call"),
        ("no me llame, escríbame", "by_text"),
        ("don't text me before noon", "hours"),
        ("no more texts today", "hours"),
        ("pas de sms avant 10h svp", "hours"),
        ("stop 103", "request"),
        ("take me off 112", "request"),
        ("cancel my ride", "request"),
        ("I don't need the food anymore", "unneeded"),
        ("nvm", "unneeded"),
        ("not needed", "unneeded"),
        ("I found food thanks", "unneeded"),
        ("ya no necesito la comida", "unneeded"),
        ("plus besoin de la nourriture", "unneeded"),
        ("不需要了", "unneeded"),
    ],
)
def test_calls_hours_and_requests_are_told_apart(ear: Hearing, words: str, object_: str) -> None:
    assert objects(ear, words) == {object_}


@pytest.mark.parametrize(
    "words",
    [
        "gói hàng của tôi",  # a parcel, not to call
        "khói trong xe",  # smoke, not no need
        "đẹp",  # beautiful, not dẹp
        "bố",  # father, not bỏ
        "cat",  # what no accent tells is no word of stopping alone
        "go",
        "Huy",
        "أنس",  # Anas
    ],
)
def test_a_word_with_other_accents_is_another_word(ear: Hearing, words: str) -> None:
    assert not objects(ear, words)


def test_right_text_me_is_no_dont_text_me(ear: Hearing) -> None:
    assert "texts" not in objects(ear, "đúng nhắn tin cho tôi")


@pytest.mark.parametrize("words", ["đừng nhắn tin cho tôi", "dung nhan tin cho toi", "xoá tên tôi ra", "bõ tên tôi ra"])
def test_where_a_tone_stands_and_whether_there_is_any_makes_no_other_word(ear: Hearing, words: str) -> None:
    assert objects(ear, words) == {"texts"}


def test_a_request_is_closed_by_its_number_and_asked_about_without(ear: Hearing) -> None:
    known: dict[str, Any] = {"asked_for": (MINE,)}
    assert means(ear, "cancel my ride", **known) == Meaning(Kind.WITHDRAW, "101")
    assert means(ear, "stop 101", **known) == Meaning(Kind.WITHDRAW, "101", known={"outright": "yes"})
    turn = dialog_manager.answer(ear.hear("cancel 101"), facts(**known))
    assert [type(effect) for effect in turn.effects][:1] == [Withdraw]
    assert dialog_manager.answer(ear.hear("nvm"), facts(**known)).session.waiting


def test_a_volunteer_gives_back_what_they_want_to_be_taken_off(ear: Hearing) -> None:
    assert means(ear, "take me off 112", person=VOLUNTEER, has_taken=(IN_HAND,)) == command("give_back", "112")
    assert means(ear, "take me off this one", person=VOLUNTEER, has_taken=(IN_HAND,)) == Meaning(Kind.UNSURE, "112")
    assert means(ear, "take me off 112", person=VOLUNTEER, **OFFER) == Meaning(Kind.DECLINE, "112")


def test_a_stop_and_a_request_are_both_done(ear: Hearing) -> None:
    found = means(ear, "stop texting me, but my mother needs food 11216")
    assert (found.kind, found.beside and found.beside.kind) == (Kind.OPT_OUT, Kind.NEW)
    turn = dialog_manager.answer(ear.hear("stop texting me, but my mother needs food 11216"), facts())
    assert {Draft, OptOut} <= {type(effect) for effect in turn.effects}
    assert [prompt.key for prompt in turn.prompts] == ["hello.opted_out"]


def test_what_is_taken_with_a_stop_is_taken_and_the_end_is_asked_about(ear: Hearing) -> None:
    words = "Yes I'll take this one, but it's my last. Remove me from your list after"
    turn = dialog_manager.answer(ear.hear(words), facts(person=VOLUNTEER, **OFFER))
    kinds = {type(effect) for effect in turn.effects}
    assert Take in kinds
    assert OptOut not in kinds
    assert turn.prompts[-1].key == "quiet.sure"


def test_what_is_in_hand_goes_back_once(ear: Hearing) -> None:
    words = "DROP 112. And don't text me anymore"
    turn = dialog_manager.answer(ear.hear(words), facts(person=VOLUNTEER, has_taken=(IN_HAND,)))
    assert [type(effect) for effect in turn.effects].count(Drop) == 1
    assert any(isinstance(effect, OptOut) for effect in turn.effects)


@pytest.mark.parametrize("words", ["yes stop", "yes, stop", "yes, stop texting me", "112 stop texting me"])
def test_a_yes_to_the_stop_takes_nothing(ear: Hearing, words: str) -> None:
    found = means(ear, words, person=VOLUNTEER, **OFFER)
    assert found.kind is Kind.OPT_OUT
    assert found.beside is None


def test_danger_stands_above_a_stop(ear: Hearing) -> None:
    assert means(ear, "stop texting me. I want to kill myself").kind is Kind.EMERGENCY
    assert means(ear, "please stop him he is hitting me").kind is Kind.EMERGENCY


def test_where_nobody_can_tell_one_line_asks(ear: Hearing) -> None:
    assert means(ear, "i dont want it").kind is Kind.STOP_UNCLEAR
    turn = dialog_manager.answer(ear.hear("i dont want it"), facts())
    assert [prompt.key for prompt in turn.prompts] == ["quiet.sure"]


def test_hours_end_nothing(ear: Hearing) -> None:
    words = ear.hear("don't text me before noon")
    assert [p.key for p in dialog_manager.answer(words, facts()).prompts] == ["hello.how_to_end"]
    assert [p.key for p in dialog_manager.answer(words, facts(person=VOLUNTEER)).prompts] == ["hours.sure"]
    today = ear.hear("no more texts today")
    assert [p.key for p in dialog_manager.answer(today, facts(person=VOLUNTEER)).prompts] == ["pause.sure"]


@pytest.mark.parametrize(
    "words",
    [
        "papa m pa ekri m",
        "mi hijo ya no me escribe",
        "con trai tôi không nhắn tin cho tôi nữa",
        "manman m pa voye mesaj ba mwen",
        "la escuela no me manda mensajes",
        "o hospital não me manda mensagem nenhuma",
        "المدرسة لا ترسل لي رسائل",
    ],
)
def test_who_is_said_not_to_write_is_not_us(ear: Hearing, words: str) -> None:
    assert "texts" not in objects(ear, words)


@pytest.mark.parametrize(
    "words",
    [
        "nights no please",
        "give me a break from these till monday",
        "I'm on vacation until monday",
        "los domingos no manden nada",
        "please only text me after 5",
        "tuần này tôi đi vắng",
    ],
)
def test_certain_hours_and_a_pause_are_no_end(ear: Hearing, words: str) -> None:
    assert objects(ear, words) == {"hours"}


def test_a_time_behind_a_new_subject_is_a_reason(ear: Hearing) -> None:
    assert objects(ear, "stop calling me I can't talk at work") == {"calls"}


@pytest.mark.parametrize("words", ["we moved, take me off the list", "thanks for the food, no more texts please"])
def test_a_reason_and_thanks_ask_for_nothing(ear: Hearing, words: str) -> None:
    found = means(ear, words, known=True)
    assert found.kind is Kind.OPT_OUT
    assert found.beside is None


@pytest.mark.parametrize(
    ("words", "denied"),
    [("not northside", {"north"}), ("comida no, medicina", {"food"}), ("food, no ride", set())],
)
def test_what_is_named_as_not_meant_is_known(ear: Hearing, words: str, denied: set[str]) -> None:
    assert ear.hear(words).denied == denied
