// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/engine/separate_songs.h"
#include "core/support/error.h"
#include "tests/core/engine/tiny_weights.h"
#include "tests/support/bad_files.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <ATen/Parallel.h>
#include <QTemporaryDir>

#include <algorithm>
#include <functional>
#include <set>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

constexpr int rate = 8000;

SeparationObserver silentObserver() {
    return {[](const std::string&) {}, [](const SeparationState&) {}, [](const SeparatedSong&) {}};
}

bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

/// Which files are separated, which part of them, and how their stems are named.
class TestSeparationNames : public QObject {
    Q_OBJECT
    QTemporaryDir scratch_;
    fs::path here_; ///< a new folder for each test

    fs::path root() const { return scratch_.path().toStdString(); }

    SeparationRequest request(const fs::path& input) const {
        SeparationRequest result;
        result.model.weights = (root() / "my weights.safetensors").string();
        result.model.device = "cpu";
        result.outputFolder = (here_ / "out").string();
        result.inputs = {(here_ / input).string()};
        return result;
    }

    void song(const fs::path& name, std::int64_t frames = 6000) const {
        fs::create_directories((here_ / name).parent_path());
        AudioSpec spec;
        spec.sampleRate = rate;
        writeAudio(here_ / name, test::noise(2, frames, 1), spec);
    }

    /// Paths of the files in the output folder.
    std::set<std::string> written() const {
        std::set<std::string> paths;
        for (const auto& entry : fs::recursive_directory_iterator(here_ / "out")) {
            if (entry.is_regular_file())
                paths.insert(fs::relative(entry.path(), here_ / "out").string());
        }
        return paths;
    }

private Q_SLOTS:
    void initTestCase() {
        at::set_num_threads(1);
        test::writeTinyWeights(root() / "my weights.safetensors");
    }
    void init() {
        here_ = root() / QTest::currentTestFunction();
        fs::create_directory(here_);
    }

    void searchesSubfoldersIfAsked() {
        for (const char* name :
             {"album/b.wav", "album/one/a.wav", "album/one/deep/a.wav", "album/.hidden/x.wav"})
            song(name);
        SeparationRequest wanted = request("album");
        wanted.stems = {"vocals"};
        wanted.outputFolder = (here_ / "album" / "out").string();
        wanted.recursive = true;
        // The second time, its own stems are no songs.
        for (int time = 0; time < 2; ++time) {
            const SeparationSummary summary = separateFiles(wanted, {}, silentObserver());
            QCOMPARE(summary.songs.size(), 3);
            wanted.overwrite = true;
        }
        here_ /= "album";
        const std::set<std::string> expected = {"b/vocals.wav", "one/a/vocals.wav", "one/deep/a/vocals.wav"};
        QVERIFY(written() == expected);
    }
    void saysHowToSearchSubfolders() {
        song("album/one/a.wav");
        QVERIFY(mentions(test::inputErrorOf([&] { separateFiles(request("album"), {}, silentObserver()); }),
                         "--recursive"));
    }
    void followsTheNameTemplate() {
        song("album/a.wav");
        SeparationRequest wanted = request("album/a.wav");
        wanted.nameTemplate = "{model_type}/{dir_name} {instr}/{file_name} by {model}";
        separateFiles(wanted, {}, silentObserver());
        const std::set<std::string> expected = {"bs_mamba2/album vocals/a by my weights.wav",
                                                "bs_mamba2/album rest/a by my weights.wav"};
        QVERIFY(written() == expected);
    }
    void namesFilesByTheTime() {
        song("a.wav");
        SeparationRequest wanted = request("a.wav");
        wanted.nameTemplate = "{start_time}/{instr}";
        const std::time_t before = std::time(nullptr);
        separateFiles(wanted, {}, silentObserver());
        const std::time_t after = std::time(nullptr);
        const std::set<std::string> paths = written();
        QCOMPARE(paths.size(), std::size_t{2});
        const std::time_t time = std::stoll(*paths.begin());
        QVERIFY(before <= time && time <= after);
    }
    /// AAC with six channels.
    void separatesM4a() {
        fs::copy_file(fs::path(HEADROOM_TEST_DATA) / "ffmpeg/surround.m4a", here_ / "a.m4a");
        std::vector<std::string> notices;
        SeparationObserver observer = silentObserver();
        observer.onNotice = [&](const std::string& notice) { notices.push_back(notice); };
        SeparationRequest wanted = request(".");
        const SeparationSummary summary = separateFiles(wanted, {}, observer);
        QCOMPARE(summary.songs.size(), std::size_t{1});
        QCOMPARE(std::ranges::count_if(notices, [](const std::string& n) { return mentions(n, "BS.775"); }),
                 1);
        const AudioInfo info = AudioReader(here_ / "out/a/vocals.wav").info();
        QCOMPARE(info.frames, std::int64_t{32000});
        QCOMPARE(info.channels, 2);
        QCOMPARE(info.sampleRate, 32000);
    }
    void refusesNamesThatMeet() {
        song("a.wav");
        SeparationRequest wanted = request("a.wav");
        wanted.nameTemplate = "{file_name}";
        const std::string message = test::inputErrorOf([&] { separateFiles(wanted, {}, silentObserver()); });
        QVERIFY2(mentions(message, "the stems 'vocals' and 'rest'"), message.c_str());
        song("b.wav");
        wanted.inputs.push_back((here_ / "b.wav").string());
        wanted.nameTemplate = "{instr}";
        const std::string both = test::inputErrorOf([&] { separateFiles(wanted, {}, silentObserver()); });
        QVERIFY2(mentions(both, "two inputs") && mentions(both, "vocals.wav"), both.c_str());
        wanted.nameTemplate = "../{instr}";
        QVERIFY(mentions(test::inputErrorOf([&] { separateFiles(wanted, {}, silentObserver()); }),
                         "name template"));
        QVERIFY(!fs::exists(here_ / "out"));
    }
    /// Before the song is separated.
    void refusesNamesThatAreTooLong() {
        song("a.wav");
        SeparationRequest wanted = request("a.wav");
        wanted.nameTemplate = std::string(246, 'a') + "{instr}"; // rest.wav fits, vocals.wav does not
        const std::string message = test::inputErrorOf([&] { separateFiles(wanted, {}, silentObserver()); });
        QVERIFY2(mentions(message, "has 256 bytes"), message.c_str());
        QVERIFY(mentions(message, "--name"));
        QVERIFY(!fs::exists(here_ / "out"));
        wanted.stems = {"rest"};
        separateFiles(wanted, {}, silentObserver());
        QCOMPARE(written().size(), std::size_t{1});
    }
    void separatesAPart() {
        song("a.wav", 10 * rate);
        SeparationRequest wanted = request("a.wav");
        separateFiles(wanted, {}, silentObserver());
        const AudioBuffer whole = test::readAudio(here_ / "out/a/vocals.wav");
        wanted.overwrite = true;
        wanted.startSeconds = 4.25;
        wanted.endSeconds = 5.5;
        QCOMPARE(separateFiles(wanted, {}, silentObserver()).songs.at(0).seconds, 1.25);
        const AudioBuffer part = test::readAudio(here_ / "out/a/vocals.wav");
        QCOMPARE(part.frames(), std::int64_t{10000});
        QVERIFY(std::ranges::equal(part.samples(), whole.part(34000, 10000).samples()));
        wanted.endSeconds = 1000; // the end of the song
        QCOMPARE(separateFiles(wanted, {}, silentObserver()).songs.at(0).seconds, 5.75);
    }
    void refusesPartsThatAreEmpty() {
        song("a.wav");
        SeparationRequest wanted = request("a.wav");
        wanted.startSeconds = 2;
        const auto message = [&] {
            return test::inputErrorOf([&] { separateFiles(wanted, {}, silentObserver()); });
        };
        QVERIFY(mentions(message(), "the part begins at 2.000 s, but the song has 0.750 s"));
        wanted.endSeconds = 1;
        QVERIFY(mentions(message(), "--segment-end"));
        // The other songs are separated.
        wanted.startSeconds = 0.8;
        song("b.wav", 2 * rate);
        wanted.inputs.push_back((here_ / "b.wav").string());
        const SeparationSummary summary = separateFiles(wanted, {}, silentObserver());
        QVERIFY(!summary.songs.at(0).error.empty() && summary.songs.at(1).error.empty());
    }
    void writesMp3() {
        AudioSpec spec;
        spec.sampleRate = 32000;
        writeAudio(here_ / "a.wav", test::noise(2, 6000, 1), spec);
        SeparationRequest wanted = request("a.wav");
        wanted.format = "mp3";
        const SeparationSummary summary = separateFiles(wanted, {}, silentObserver());
        QVERIFY(!summary.songs.at(0).nullTestDecibels);
        QCOMPARE(AudioReader(here_ / "out/a/vocals.mp3").info().frames, std::int64_t{6000});
        wanted.subtype = "PCM_16";
        wanted.overwrite = true;
        QVERIFY(mentions(test::inputErrorOf([&] { separateFiles(wanted, {}, silentObserver()); }), "PCM_16"));
    }
    void batchesGiveTheSameStems() {
        song("a.wav", 10 * rate);
        SeparationRequest wanted = request("a.wav");
        wanted.overwrite = true;
        std::vector<AudioBuffer> stems;
        for (const int batch : {1, 4}) {
            wanted.model.batchSize = batch;
            QCOMPARE(separateFiles(wanted, {}, silentObserver()).batchSize, batch);
            stems.push_back(test::readAudio(here_ / "out/a/vocals.wav"));
        }
        for (std::size_t i = 0; i < stems[0].samples().size(); ++i)
            QVERIFY(std::abs(stems[0].samples()[i] - stems[1].samples()[i]) < 1e-6F);
    }
};

HEADROOM_TEST_MAIN(TestSeparationNames)
#include "tst_separation_names.moc"
