"""Fallback documents: what the carrier says and texts by itself while nothing of ours answers.

They are static files on somebody else's machine, the same for every caller, so they speak all of the languages.
"""

from xml.etree.ElementTree import Element, SubElement

from hotline.channels import text, voice
from hotline.channels.catalogue import Catalogue
from hotline.engine.session import Prompt

CALLS, TEXTS = "voice.xml", "text.xml"
LARGEST = 64 * 1024  # bytes that the carrier reads of a document


def documents(catalogue: Catalogue, person: str = "", sound: str = "") -> dict[str, str]:
    """The documents by the name of their file. `person` is a number in E.164 that is called meanwhile, `sound` the file
    beside them that says it in the community's own voice; "" for neither."""
    prompts = (Prompt("hello.away"), *((Prompt("hello.away_call", values={"phone": person}),) if person else ()))
    said = Element("Response")
    for language in catalogue.community.languages:
        if not sound:
            voice.speak(said, prompts, language, catalogue)
    if sound:
        SubElement(said, "Play").text = sound
    SubElement(said, "Hangup")
    texts = [each for language in catalogue.community.languages for each in text.render(prompts, language, catalogue)]
    return {CALLS: voice.to_xml(said), TEXTS: text.reply(texts)}
