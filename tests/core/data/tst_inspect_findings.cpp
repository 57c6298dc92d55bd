// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/data/inspect.h"
#include "tests/core/data/inspection_dataset.h"
#include "tests/support/bad_files.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <limits>
#include <memory>

using namespace headroom;
using namespace headroom::test::inspection;
namespace fs = std::filesystem;

/// Problems that an inspection reports.
class TestInspectFindings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reportsProblems_data();
    void reportsProblems();
    void findsDuplicatesInOtherFormats();
    void checksOnlyGivenStems();
    void sortsBySeverity();
};

void TestInspectFindings::reportsProblems_data() {
    using Break = std::function<void(const Dataset&)>;
    QTest::addColumn<std::shared_ptr<Break>>("breakIt");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* expected, Break breakIt) {
        QTest::newRow(name) << std::make_shared<Break>(std::move(breakIt)) << QString(expected);
    };
    const std::string bass = "train/one/bass.wav";
    const auto changed = [bass](const Change& change) {
        return [=](const Dataset& d) { d.change(bass, change); };
    };

    row("DC", "warning [dc] bass: DC offset 0.", changed([](AudioBuffer& audio) {
            for (float& sample : audio.samples())
                sample += 0.1F;
        }));
    row("clipping", "warning [clipped] bass: ", changed([](AudioBuffer& audio) {
            for (float& sample : audio.samples())
                sample = std::clamp(8 * sample, -1.0F, 1.0F);
        }));
    row("one clipped sample", "note [clipped] bass: 1 samples clipped",
        changed([](AudioBuffer& audio) { audio.channel(1)[77] = 1; }));
    row("mono as stereo", "note [mono as stereo] bass: mono as stereo",
        changed([](AudioBuffer& audio) { std::ranges::copy(audio.channel(0), audio.channel(1).begin()); }));
    row("silent stem", "note [silent] bass: silent throughout",
        changed([](AudioBuffer& audio) { std::ranges::fill(audio.samples(), 0.0F); }));
    row("not a number", "error [not finite] bass: 2 samples are NaN or infinite",
        changed([](AudioBuffer& audio) {
            audio.channel(0)[5] = std::numeric_limits<float>::quiet_NaN();
            audio.channel(1)[frames - 1] = std::numeric_limits<float>::infinity();
        }));
    row("header without a length",
        "note [header] bass: its header has no length; all 0.5 s found in the file are used",
        [=](const Dataset& d) { test::removeLength(d.path(bass)); });
    row("residual", "warning [residual] the mixture is not the sum of the stems: residual 0.0 dB",
        [](const Dataset& d) {
            d.change("train/one/mixture.wav",
                     [](AudioBuffer& audio) { audio = test::noise(2, frames, 99, 0.9F); });
            d.change("train/one/bass.wav",
                     [](AudioBuffer& audio) { audio = test::noise(2, frames, 98, 1e-3F); });
            d.change("train/one/vocals.wav",
                     [](AudioBuffer& audio) { audio = test::noise(2, frames, 97, 1e-3F); });
        });
    row("little longer", "warning [lengths] lengths differ: mixture 0.500 s, bass 0.510 s",
        [=](const Dataset& d) { d.write(bass, test::noise(2, frames + 441, 11)); });
    row("much shorter", "error [lengths] lengths differ: bass 0.250 s, ",
        [=](const Dataset& d) { d.write(bass, test::noise(2, frames / 2, 11)); });
    row("other rate", "warning [rates] rates differ: bass 22050 Hz, ",
        [=](const Dataset& d) { d.write(bass, test::noise(2, frames / 2, 11), {.sampleRate = 22050}); });
    row("mono", "note [channel counts] channels differ: bass 1, ",
        [=](const Dataset& d) { d.write(bass, test::noise(1, frames, 11)); });
    row("surround", "error [channels] bass: 4 channels",
        [=](const Dataset& d) { d.write(bass, test::noise(4, frames, 11)); });
    row("missing stem", "warning [missing] bass: missing",
        [=](const Dataset& d) { fs::remove(d.path(bass)); });
    row("missing mixture", "note [missing] mixture: missing",
        [](const Dataset& d) { fs::remove(d.path("test/three/mixture.wav")); });
    row("mixture alone", "error [no stems] a mixture without stems", [=](const Dataset& d) {
        fs::remove(d.path(bass));
        fs::remove(d.path("train/one/vocals.wav"));
    });
    row("two files for a stem", "error [two files] bass: two files for one stem", [](const Dataset& d) {
        d.write("train/one/bass.flac", test::noise(2, frames, 12),
                {.container = AudioContainer::Flac, .encoding = SampleEncoding::Pcm16});
    });
    row("cut WAV", "error [unreadable] bass: ", [=](const Dataset& d) {
        fs::resize_file(d.path(bass), fs::file_size(d.path(bass)) / 2);
    });
    row("cut FLAC", "error [unreadable] guitar: ", [](const Dataset& d) {
        d.write("train/one/guitar.flac", test::noise(2, 10 * frames, 12),
                {.container = AudioContainer::Flac, .encoding = SampleEncoding::Pcm16});
        const fs::path cut = d.path("train/one/guitar.flac");
        fs::resize_file(cut, fs::file_size(cut) / 2);
    });
    row("empty file", "error [unreadable] bass: the file is empty",
        [=](const Dataset& d) { fs::resize_file(d.path(bass), 0); });
    row("text", "error [unreadable] bass: ", [=](const Dataset& d) {
        std::ofstream(d.path(bass)) << "This is a text.\n";
    });
    row("folder", "error [unreadable] guitar: ", [](const Dataset& d) {
        fs::create_directory(d.path("train/one/guitar.wav"));
    });
    row("same song twice",
        "warning [duplicate] identical audio in train/one and train/two: bass, mixture, vocals",
        [](const Dataset& d) {
            fs::copy(d.path("train/one"), d.path("train/two"),
                     fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        });
    row("test song in train",
        "error [duplicate across splits] identical audio in train/zwei and test/three: bass, mixture, vocals",
        [](const Dataset& d) {
            fs::copy(d.path("test/three"), d.path("train/zwei"), fs::copy_options::recursive);
        });
    row("one stem under two names", "warning [same stems] identical audio: bass = vocals",
        [=](const Dataset& d) {
            fs::copy_file(d.path(bass), d.path("train/one/vocals.wav"), fs::copy_options::overwrite_existing);
        });
    const auto sum = [](const Dataset& d, const std::string& name, const std::vector<std::string>& stems) {
        AudioBuffer total(2, frames);
        for (const std::string& stem : stems) {
            const AudioBuffer part = test::readAudio(d.path("train/one/" + stem + ".wav"));
            std::ranges::transform(total.samples(), part.samples(), total.samples().begin(), std::plus());
        }
        d.write("train/one/" + name + ".wav", total);
    };
    row("a sum of stems", "error [sum] accompaniment is the sum of bass, drums (", [=](const Dataset& d) {
        d.write("train/one/drums.wav", test::noise(2, frames, 14, 0.25F));
        sum(d, "accompaniment", {"bass", "drums"});
    });
    row("the mixture by another name", "note [mixture] mix is the sum of bass, vocals (",
        [=](const Dataset& d) {
            fs::remove(d.path("train/one/mixture.wav"));
            sum(d, "mix", {"bass", "vocals"});
        });
    row("an accompaniment by its name", "error [sum] karaoke is named like an accompaniment",
        [](const Dataset& d) { d.write("train/one/karaoke.wav", test::noise(2, frames, 15, 0.25F)); });
    row("Musepack stem",
        "error [not read] drums.mpc is not supported: stems must be WAV, FLAC, AIFF, MP3, AAC, Ogg, Opus or "
        "WMA",
        [](const Dataset& d) { std::ofstream(d.path("train/one/drums.mpc")) << "x"; });
    row("Musepack beside its WAV", "note [not read] bass.mpc is not supported",
        [](const Dataset& d) { std::ofstream(d.path("train/one/bass.mpc")) << "x"; });
    row("MP3 beside its WAV", "note [not read] bass.mp3 is compressed, unlike the other file of this stem",
        [](const Dataset& d) { std::ofstream(d.path("train/one/bass.mp3")) << "x"; });
    row("MP3 without the name of a stem",
        "note [not read] one.mp3 is compressed, unlike other files of the song, and not named like a stem",
        [](const Dataset& d) { std::ofstream(d.path("train/one/one.mp3")) << "x"; });
    row("damaged Ogg", "error [unreadable] drums: ", [](const Dataset& d) {
        std::ofstream(d.path("train/one/drums.ogg")) << "x";
    });
    row("an empty folder", "warning [unused] 'train/later' is not used: it is empty",
        [](const Dataset& d) { fs::create_directory(d.path("train/later")); });
    row("a validation song in train",
        "error [duplicate across splits] identical audio in train/one and "
        "validation/eins: bass, mixture, vocals",
        [](const Dataset& d) {
            fs::create_directory(d.path("valid"));
            fs::copy(d.path("train/one"), d.path("valid/eins"), fs::copy_options::recursive);
        });
    row("nothing to train on", "error [nothing to train on] no songs in train",
        [](const Dataset& d) { fs::remove_all(d.path("train")); });
}

void TestInspectFindings::reportsProblems() {
    QFETCH(const std::shared_ptr<std::function<void(const Dataset&)>>, breakIt);
    QFETCH(const QString, expected);
    const Dataset dataset;
    (*breakIt)(dataset);
    const std::string text = textOf(dataset.inspect());
    QVERIFY2(text.find(expected.toStdString()) != std::string::npos, ("found only:\n" + text).c_str());
}

void TestInspectFindings::findsDuplicatesInOtherFormats() {
    const Dataset dataset;
    dataset.write("train/one/bass.wav", test::noise(2, 3 * frames, 5), {.encoding = SampleEncoding::Pcm16});
    const AudioBuffer rounded = test::readAudio(dataset.path("train/one/bass.wav"));
    fs::remove(dataset.path("train/two/bass.wav"));
    dataset.write("train/two/bass.flac", rounded,
                  {.container = AudioContainer::Flac, .encoding = SampleEncoding::Pcm24});
    dataset.write("test/three/vocals.wav", rounded, {.encoding = SampleEncoding::Float});
    const DatasetReport report = dataset.inspect();
    QCOMPARE(file(report, "train/one", "bass").hash, file(report, "train/two", "bass").hash);
    QCOMPARE(file(report, "train/one", "bass").hash, file(report, "test/three", "vocals").hash);

    dataset.change("train/two/vocals.wav", [&](AudioBuffer& audio) {
        audio = rounded;
        audio.channel(1)[3 * frames - 1] += 1e-4F;
    });
    QVERIFY(file(dataset.inspect(), "train/two", "vocals").hash != file(report, "train/one", "bass").hash);
}

void TestInspectFindings::checksOnlyGivenStems() {
    const Dataset dataset;
    dataset.write("train/one/karaoke.wav", test::noise(2, frames, 15, 0.25F));
    const DatasetReport all = inspectDataset(dataset.path(), {}, {}, {"bass", "vocals"}).value();
    QCOMPARE(textOf(all), std::string());
    QCOMPARE(all.songs[0].files.size(), std::size_t{3});
    const std::string text = textOf(inspectDataset(dataset.path(), {}, {}, {"bass", "flute"}).value());
    QVERIFY2(text.find("error [missing] flute: missing") != std::string::npos, text.c_str());
}

void TestInspectFindings::sortsBySeverity() {
    const Dataset dataset;
    dataset.change("train/one/bass.wav", [](AudioBuffer& audio) {
        for (float& sample : audio.samples())
            sample += 0.1F;
        audio.channel(0)[5] = 1;
    });
    fs::resize_file(dataset.path("train/two/bass.wav"), 10);
    const DatasetReport report = dataset.inspect();
    QVERIFY(report.problems.size() >= 3);
    QVERIFY(std::ranges::is_sorted(report.problems, std::greater(), &DatasetProblem::severity));
    QCOMPARE(report.count(Severity::Error), std::int64_t{1});
    QVERIFY(report.count(Severity::Warning) >= 1 && report.count(Severity::Note) >= 1);
}

HEADROOM_TEST_MAIN(TestInspectFindings)
#include "tst_inspect_findings.moc"
