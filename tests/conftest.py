"""What tests share: invented laws, a small deterministic encoder, runs of the bundled sample, a tiny random model."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from lexfloor.configs.run import load_config
from lexfloor.corpora.standards import load_standard
from lexfloor.pipeline.cli import main
from lexfloor.pipeline.records import Law
from lexfloor.pipeline.runner import Runner

ROOT = Path(__file__).resolve().parents[1]
settings.register_profile("tests", derandomize=True, deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
settings.load_profile("tests")

MATERNITY_ACT = """MATERNITY AND SICKNESS ACT

PART I
GENERAL

Section 1. Persons insured

(1) Every employee who works under a contract of service is insured under this Act.
(2) An employer who has (a) one employee; or (b) more than one, registers with the Fund.

Section 2. Sickness benefit

(1) An insured person who is unable to work because of sickness is entitled to sickness benefit of sixty per cent of the average daily wage.
(2) Sickness benefit is paid from the fourth day of the incapacity for work, for at most twenty-six weeks in each case of sickness.

PART II
MATERNITY

Section 3. Maternity benefit

(1) A woman who is insured is entitled to maternity benefit for a period of fourteen weeks around her confinement.
(2) The rate of maternity benefit is two-thirds of the average weekly earnings.

Section 4. Medical care at birth

Midwives and hospitals give care before, during and after confinement, free of charge.

Section 5. Appeals

A person who is refused a benefit may appeal to the Tribunal within thirty days of the decision.
"""


class FakeEncoder:
    """Satisfies ``lexfloor.models.encoder.Encoder``: a hashed bag of words in 64 dimensions, unit length."""

    name = "fake"
    space = "fake"
    fingerprint = "f" * 32
    dimension = 64

    def encode(self, texts, role, *, progress=None):
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[zlib.crc32(word.encode()) % self.dimension] += 1.0
            row[0] += 1e-3
        if progress:
            progress(len(texts))
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def fake_runner(cls, config, report=lambda what, done, total: None, *, vectors=None):
    """Stand in for ``Runner.of``: the same pipeline without a language model."""
    return cls(config, load_standard(config.standard), FakeEncoder(), report).weighted()


@pytest.fixture(scope="session")
def encoder():
    return FakeEncoder()


@pytest.fixture(scope="session")
def standard():
    return load_standard("c102")


@pytest.fixture(scope="session")
def config():
    return load_config()


@pytest.fixture(scope="session")
def maternity_act():
    return MATERNITY_ACT


@pytest.fixture
def fake_models(monkeypatch):
    """Make every run in the test use the fake encoder."""
    monkeypatch.setattr(Runner, "of", classmethod(fake_runner))


@pytest.fixture(scope="session")
def make_law():
    """Return a function that makes a law of a text."""

    def made(text, language="en", file="act.txt", **fields):
        digest = hashlib.sha256(text.encode()).hexdigest()
        return Law("XTS", file, fields.pop("title", "An act"), language, text, "text", digest, "utf-8 (valid)", **fields)

    return made


@pytest.fixture
def write_country(tmp_path):
    """Return a function that writes one country's folder: file names to text or bytes."""

    def written(code, files, under="laws"):
        folder = tmp_path / under / code
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return written


@pytest.fixture(scope="session")
def sample():
    """Return the folder of the bundled sample country."""
    return ROOT / "corpora" / "samples" / "XVA"


@pytest.fixture(scope="session")
def screened(tmp_path_factory, sample, config):
    """Return (folder, summary) of one run over the bundled sample."""
    from lexfloor.pipeline.screen import screen

    out = tmp_path_factory.mktemp("screened") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Runner, "of", classmethod(fake_runner))
        summary = screen([sample], out, config)
    return out, summary


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """Return the card of a random BERT with one layer, in sentence-transformers layout."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("tiny") / "model"
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *["the", "benefit", "is", "paid", "for", "weeks", "of", "maternity", "sickness", "leave", "pension", "a", "person", "section", "insured"],
    ]
    words += [chr(code) for code in range(97, 123)]
    tokenizer = Tokenizer(models.WordPiece({word: index for index, word in enumerate(dict.fromkeys(words))}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]")
    fast.save_pretrained(folder)
    torch.manual_seed(0)
    shape = BertConfig(vocab_size=len(set(words)), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, max_position_embeddings=128)
    BertModel(shape).save_pretrained(folder)
    kinds = (("0", "", "Transformer"), ("1", "1_Pooling", "Pooling"))
    modules = [{"idx": int(name), "name": name, "path": path, "type": f"sentence_transformers.models.{kind}"} for name, path, kind in kinds]
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"word_embedding_dimension": 32, "pooling_mode_mean_tokens": True}), encoding="utf-8")
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 128, "do_lower_case": False}), encoding="utf-8")
    card = folder.parent / "tiny.toml"
    card.write_text(
        f'name = "tiny"\ntask = "encoder"\nsummary = "random"\nlicence = "none"\nlanguages = ["en"]\ndimension = 32\nmax_tokens = 128\n'
        f'query_prefix = "q: "\npassage_prefix = "p: "\ncitation = "none"\nfolder = "{folder.as_posix()}"\n',
        encoding="utf-8",
    )
    return card


@pytest.fixture(scope="session")
def shared():
    """Return the folder of laws and gold answers that lies beside some checkouts."""
    folder = Path(os.environ.get("LEXFLOOR_SHARED") or ROOT.parent / "shared")
    if not (folder / "laws").is_dir():
        pytest.skip(f"no shared folder at {folder}: set LEXFLOOR_SHARED to check against real laws")
    return folder


@pytest.fixture(scope="module")
def sample_asked():
    """What the quick suite is asked, of the bundled sample alone, with a small encoder."""
    from lexfloor.eval.suite import Asked, load_suite, located_data

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Runner, "of", classmethod(fake_runner))
        card = load_suite("quick")
        yield Asked(card, located_data(card, Path("nowhere"), {}), load_config())


@pytest.fixture
def command(monkeypatch, capsys):
    """Return a function that runs the command line: exit code, standard output, standard error."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["lexfloor", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        shown = capsys.readouterr()
        return ended.value.code or 0, shown.out, shown.err

    return run
