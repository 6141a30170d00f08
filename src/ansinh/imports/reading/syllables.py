"""Is a word written as Vietnamese is written? A rough rule of spelling, wide on purpose: it tells codings apart, nothing else."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_STOPPED = re.compile(r"(c|ch|k|p|t)$")
_FIRST = r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?"
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc oong op ot "
    "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt "
    "up ut uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    "y yêm yên yêng yêt yêu ych ynh yt"
)
_SYLLABLE = re.compile(_FIRST + "(?:" + "|".join(sorted(_RHYMES.split(), key=len, reverse=True)) + ")")


@lru_cache(maxsize=100_000)
def is_syllable(word: str) -> bool:
    """Whether `word` is one syllable with at most one tone, in NFC or NFD, small or capital or capitalized."""
    parts = unicodedata.normalize("NFD", word)
    tones = _TONES.findall(parts)
    plain = unicodedata.normalize("NFC", _TONES.sub("", parts))
    if len(tones) > 1 or not (word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())):
        return False
    if _STOPPED.search(plain.lower()) and tones and tones[0] not in "\u0301\u0323":
        return False
    return _SYLLABLE.fullmatch(plain.lower()) is not None
