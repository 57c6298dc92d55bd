// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/engine/separate_songs.h"
#include "core/support/error.h"
#include "tests/core/engine/tiny_weights.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <ATen/Parallel.h>
#include <QProcess>
#include <QTemporaryDir>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <functional>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

struct Log {
    std::vector<std::string> notices;
    std::vector<SeparatedSong> songs;
    SeparationState last;

    SeparationObserver observer() {
        return {[this](const std::string& notice) { notices.push_back(notice); },
                [this](const SeparationState& state) { last = state; },
                [this](const SeparatedSong& song) { songs.push_back(song); }};
    }
};

/// The Error that `work` throws; kind Failure with an empty message if it throws none.
Error errorOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error;
    }
    return {ErrorKind::Failure, ""};
}

bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t filesIn(const fs::path& folder) {
    const auto isFile = [](const auto& entry) { return entry.is_regular_file(); };
    return fs::exists(folder) ? std::ranges::count_if(fs::recursive_directory_iterator(folder), isFile) : 0;
}

} // namespace

class TestSeparateSongs : public QObject {
    Q_OBJECT
    QTemporaryDir scratch_;
    fs::path here_; ///< a new folder for each test

    SeparationRequest request(std::vector<fs::path> inputs) const {
        SeparationRequest result;
        result.model.weights = weights().string();
        result.model.device = "cpu";
        result.outputFolder = (here_ / "out").string();
        for (const fs::path& input : inputs)
            result.inputs.push_back(input.string());
        return result;
    }
    fs::path weights() const { return fs::path(scratch_.path().toStdString()) / "weights.safetensors"; }

    fs::path song(const fs::path& name, std::int64_t frames = 6000) const {
        AudioSpec spec;
        spec.sampleRate = 8000;
        spec.encoding = SampleEncoding::Pcm16;
        writeAudio(here_ / name, test::noise(2, frames, 1), spec);
        return here_ / name;
    }
    fs::path textFile(const fs::path& name, const std::string& text = "this is no audio") const {
        std::ofstream(here_ / name) << text;
        return here_ / name;
    }

    /// Runs the program and returns its exit code.
    int run(const QStringList& arguments, QByteArray* out = nullptr, QByteArray* err = nullptr) const {
        QProcess process;
        process.start(HEADROOM_PROGRAM, arguments);
        process.waitForFinished(-1);
        if (out != nullptr)
            *out = process.readAllStandardOutput();
        if (err != nullptr)
            *err = process.readAllStandardError();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }
    QStringList command(const std::vector<fs::path>& inputs) const {
        QStringList list = {"separate"};
        for (const fs::path& input : inputs)
            list << QString::fromStdString(input.string());
        return list + QStringList{"--weights", QString::fromStdString(weights().string()),
                                  "--device",  "cpu",
                                  "-o",        QString::fromStdString((here_ / "out").string())};
    }

private Q_SLOTS:
    void initTestCase() {
        at::set_num_threads(1);
        test::writeTinyWeights(weights());
    }
    void init() {
        here_ = fs::path(scratch_.path().toStdString()) / QTest::currentTestFunction();
        fs::create_directory(here_);
    }

    /// Mixtures in song folders all have the same file name.
    void namesMixtureAfterSong_data() {
        QTest::addColumn<QString>("mixture");
        for (const char* name : {"mixture.wav", "Mixture.wav", "mix.wav", "Full Mix.wav"})
            QTest::newRow(name) << name;
    }
    void namesMixtureAfterSong() {
        QFETCH(QString, mixture);
        const fs::path album = here_ / mixture.toStdString();
        std::vector<fs::path> mixtures;
        for (const char* name : {"one", "two"}) {
            fs::create_directories(album / name);
            song(album / name / "Vocals.wav");
            mixtures.push_back(song(album / name / mixture.toStdString()));
        }
        SeparationRequest wanted = request(mixtures);
        wanted.outputFolder = (album / "out").string();
        QCOMPARE(errorOf([&] { separateFiles(wanted, {}, Log().observer()); }).message(), "");
        for (const char* name : {"one", "two"})
            QCOMPARE(filesIn(album / "out" / name), 2);
    }
    void namesOtherFilesAfterThemselves() {
        fs::create_directory(here_ / "downloads");
        song("downloads/mix.wav");
        song("downloads/a song.wav");
        std::ofstream(here_ / "downloads/vocals.txt") << "a note";
        separateFiles(request({here_ / "downloads"}), {}, Log().observer());
        for (const char* name : {"mix", "a song"})
            QCOMPARE(filesIn(here_ / "out" / name), 2);
    }
    /// Only folders that the program created go if no stem is written to them.
    void keepsEmptyFoldersAndLinks() {
        const fs::path bad = textFile("bad.wav");
        fs::create_directories(here_ / "target");
        fs::create_directory_symlink("target", here_ / "out");
        for (const fs::path& input : {bad, song("good.wav")}) {
            errorOf([&] { separateFiles(request({input}), {}, Log().observer()); });
            QVERIFY(fs::is_symlink(here_ / "out"));
            QCOMPARE(fs::exists(here_ / "target" / input.stem()), input != bad);
        }
        fs::create_directory_symlink("good", here_ / "target" / "linked");
        fs::create_directory(here_ / "target" / "bad");
        for (const fs::path& input : {bad, song("linked.wav")})
            errorOf([&] { separateFiles(request({input}), {}, Log().observer()); });
        QVERIFY(fs::is_symlink(here_ / "target" / "linked") && fs::is_directory(here_ / "target" / "bad"));
        SeparationRequest deep = request({bad});
        deep.outputFolder = (here_ / "new" / "folders").string();
        errorOf([&] { separateFiles(deep, {}, Log().observer()); });
        QVERIFY(!fs::exists(here_ / "new"));
    }
    void acceptsUnicodeNames() {
        const std::vector<fs::path> inputs = {song("노래.wav"), song("שיר.wav"), song("🎤 a b.wav"),
                                              song("名前 'quoted'.wav")};
        Log log;
        const SeparationSummary summary = separateFiles(request(inputs), {}, log.observer());
        QCOMPARE(summary.songs.size(), 4);
        QCOMPARE(log.songs.size(), 4);
        for (const fs::path& input : inputs) {
            for (const char* stem : {"vocals.wav", "rest.wav"})
                QCOMPARE(AudioReader(here_ / "out" / input.stem() / stem).info().frames, 6000);
        }
        QVERIFY(*summary.songs[0].nullTestDecibels < -140);
        QCOMPARE(log.last.song, 4);
        QVERIFY(std::abs(log.last.secondsDone - log.last.seconds) < 1e-9);
    }
    void separatesAudioFilesOfFolder() {
        fs::create_directories(here_ / "album/inner");
        song("album/b.wav");
        song("album/a.wav");
        song("album/inner/c.wav");
        song("album/.hidden.wav");
        textFile("album/notes.txt");
        Log log;
        const SeparationSummary summary = separateFiles(request({here_ / "album"}), {}, log.observer());
        QCOMPARE(summary.songs.size(), 2);
        QVERIFY(mentions(summary.songs[0].input, "a.wav") && mentions(summary.songs[1].input, "b.wav"));
    }
    void namesWithDotsStayInOutputFolder() {
        const std::vector<fs::path> inputs = {song("..wav"), song("...wav"), song(".hidden.wav"),
                                              song("back\\slash.wav")};
        Log log;
        const SeparationSummary summary = separateFiles(request(inputs), {}, log.observer());
        QCOMPARE(filesIn(here_ / "out"), 8);
        for (const char* folder : {"_", "__", "_hidden", "back_slash"})
            QVERIFY2(fs::exists(here_ / "out" / folder / "vocals.wav"), folder);
        for (const SeparatedSong& separated : summary.songs)
            QVERIFY2(separated.error.empty(), separated.error.c_str());
    }
    void saysWhichCheckpointItUses() {
        const fs::path checkpoint = here_ / "run/checkpoints/step-00000002";
        fs::create_directories(checkpoint);
        test::writeTinyWeights(checkpoint / "weights.safetensors");
        SeparationRequest wanted = request({song("song.wav")});
        wanted.model.weights.clear();
        wanted.model.run = (here_ / "run").string();
        Log log;
        separateFiles(wanted, {}, log.observer());
        QCOMPARE(std::ranges::count(log.notices, "using the checkpoint of step 2, the newest"), 1);
    }
    void reportsUnknownLength() {
        const fs::path input = song("pipe.wav");
        std::fstream(input, std::ios::in | std::ios::out | std::ios::binary)
            .seekp(40)
            .write("\xff\xff\xff\xff", 4);
        Log log;
        separateFiles(request({input}), {}, log.observer());
        QCOMPARE(AudioReader(here_ / "out/pipe/vocals.wav").info().frames, 6000);
        const auto isLengthNotice = [](const std::string& notice) {
            return mentions(notice, "pipe.wav: its header has no length") && mentions(notice, "all 0.8 s");
        };
        QCOMPARE(std::ranges::count_if(log.notices, isLengthNotice), 1);
    }
    /// A sparse file of 2 TiB; each of its two stems takes twice as much.
    void refusesTooLittleDiskSpace() {
        const fs::path input = song("endless.wav");
        std::fstream(input, std::ios::in | std::ios::out | std::ios::binary)
            .seekp(40)
            .write("\xff\xff\xff\xff", 4);
        std::error_code code;
        fs::resize_file(input, std::uintmax_t{2} << 40, code);
        if (code)
            QSKIP("the file system does not support files of 2 TiB");
        if (fs::space(here_).available >= std::uintmax_t{8} << 40)
            QSKIP("the disk has space for the stems");
        std::stop_source stop;
        Log log;
        SeparationObserver observer = log.observer();
        observer.onProgress = [&](const SeparationState&) { stop.request_stop(); };
        const Error error = errorOf([&] { separateFiles(request({input}), stop.get_token(), observer); });
        QVERIFY2(mentions(error.message(), "the stems need 8192.0 GiB, "), error.message().c_str());
        QVERIFY2(mentions(error.message(), " more than is free on the disk"), error.message().c_str());
        QVERIFY(error.kind() == ErrorKind::Failure && mentions(error.remedy(), "Free disk space"));
        QVERIFY(!fs::exists(here_ / "out"));
    }
    void continuesAfterBadFile() {
        const fs::path cut = song("cut.wav");
        fs::resize_file(cut, 1000);
        AudioSpec spec;
        spec.sampleRate = 8000;
        writeAudio(here_ / "surround.wav", test::noise(6, 4000, 1), spec);
        const std::vector<fs::path> inputs = {
            song("first.wav"),     textFile("text.wav"),   textFile("empty.wav", ""), cut,
            here_ / "missing.wav", here_ / "surround.wav", song("last.wav")};
        Log log;
        const SeparationSummary summary = separateFiles(request(inputs), {}, log.observer());
        QCOMPARE(summary.songs.size(), inputs.size());
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const bool good = i == 0 || i + 1 == inputs.size();
            QCOMPARE(summary.songs[i].error.empty(), good);
            QVERIFY(good || mentions(summary.songs[i].error, inputs[i].filename().string()));
            QCOMPARE(fs::exists(here_ / "out" / inputs[i].stem()), good);
        }
        QCOMPARE(filesIn(here_ / "out"), 4);
    }
    void singleBadFileThrows() {
        for (const fs::path& input :
             {textFile("text.wav"), textFile("empty.wav", ""), here_ / "missing.wav"}) {
            const Error error = errorOf([&] { separateFiles(request({input}), {}, Log().observer()); });
            QVERIFY(error.kind() == ErrorKind::Input && mentions(error.message(), input.filename().string()));
        }
        QCOMPARE(filesIn(here_ / "out"), 0);
    }
    void keepsExistingFiles() {
        const fs::path input = song("song.wav");
        fs::create_directories(here_ / "out/song");
        std::ofstream(here_ / "out/song/rest.wav") << "mine";
        SeparationRequest wanted = request({input});
        const Error error = errorOf([&] { separateFiles(wanted, {}, Log().observer()); });
        QVERIFY(error.kind() == ErrorKind::Input && mentions(error.message(), "--overwrite"));
        QCOMPARE(filesIn(here_ / "out"), 1);
        QCOMPARE(fs::file_size(here_ / "out/song/rest.wav"), 4);
        wanted.overwrite = true;
        separateFiles(wanted, {}, Log().observer());
        QCOMPARE(AudioReader(here_ / "out/song/rest.wav").info().frames, 6000);
    }
    void neverOverwritesInput() {
        fs::create_directories(here_ / "out/vocals");
        const fs::path input = song("out/vocals/vocals.wav");
        SeparationRequest wanted = request({input});
        wanted.overwrite = true;
        QVERIFY(errorOf([&] { separateFiles(wanted, {}, Log().observer()); }).kind() == ErrorKind::Input);
        QCOMPARE(AudioReader(input).info().encoding, "PCM_16");
    }
    void refusesInvalidRequestsBeforeStart() {
        fs::create_directory(here_ / "other");
        const fs::path input = song("song.wav");
        const auto refused = [&](const SeparationRequest& wanted, ErrorKind kind, const std::string& part) {
            bool begun = false;
            Log log;
            SeparationObserver observer = log.observer();
            observer.onProgress = [&](const SeparationState&) { begun = true; };
            const Error error = errorOf([&] { separateFiles(wanted, {}, observer); });
            return !begun && error.kind() == kind && mentions(error.message(), part);
        };
        SeparationRequest wanted = request({input});
        wanted.stems = {"drums"};
        QVERIFY(refused(wanted, ErrorKind::Input, "drums"));
        wanted = request({input});
        wanted.format = "flac";
        wanted.subtype = "FLOAT";
        QVERIFY(refused(wanted, ErrorKind::Input, "FLAC"));
        QVERIFY(refused(request({input, song("other/song.wav")}), ErrorKind::Input, "two inputs"));
        QVERIFY(refused(request({here_ / "empty folder"}), ErrorKind::Input, "no such file"));
        fs::create_directory(here_ / "empty");
        QVERIFY(refused(request({here_ / "empty"}), ErrorKind::Input, "no audio files"));
        // No user, not even root, can create a folder below a file.
        wanted = request({input});
        wanted.outputFolder = (here_ / "song.wav/out").string();
        QVERIFY(refused(wanted, ErrorKind::Failure, "cannot create the folder"));
        wanted.outputFolder = "/proc/out";
        QVERIFY(refused(wanted, ErrorKind::Failure, "/proc/out"));
    }
    void stopKeepsFinishedSongs() {
        const std::vector<fs::path> inputs = {song("a.wav", 20000), song("b.wav", 20000),
                                              song("c.wav", 20000)};
        std::stop_source stop;
        Log log;
        SeparationObserver observer = log.observer();
        observer.onProgress = [&](const SeparationState& state) {
            if (state.song == 2)
                stop.request_stop();
        };
        const SeparationSummary summary = separateFiles(request(inputs), stop.get_token(), observer);
        QVERIFY(summary.stopped);
        QCOMPARE(summary.songs.size(), 1);
        QCOMPARE(filesIn(here_ / "out"), 2);
        QVERIFY(!fs::exists(here_ / "out/b") && !fs::exists(here_ / "out/c"));
    }
    void programReportsResult() {
        const fs::path good = song("good.wav");
        QByteArray out;
        QByteArray err;
        QCOMPARE(run(command({good, textFile("text.wav")}) << "--json"
                                                           << "--stems"
                                                           << "rest,vocals",
                     &out, &err),
                 1);
        const auto json = nlohmann::json::parse(out.toStdString());
        QCOMPARE(json["songs"].size(), 2);
        QCOMPARE(json["songs"][0]["outputs"].size(), 2);
        QVERIFY(json["songs"][0].contains("null_test_dB"));
        QVERIFY(json["songs"][1].contains("error"));
        QCOMPARE(err, "");

        QCOMPARE(run(command({good}), &out, &err), 2); // the files already exist
        QVERIFY(out.isEmpty() && err.contains("--overwrite"));
        QCOMPARE(run(command({good}) << "--overwrite", &out), 0);
        QVERIFY(out.contains("null test") && out.contains("vocals.wav"));
        QCOMPARE(run({"separate", "x.wav", "-o", "y"}), 2); // no weights given
        QCOMPARE(run(command({good}) << "--overlap"
                                     << "1.5"),
                 2);
    }
    void programStopsOnCtrlC() {
        const fs::path first = song("a.wav", 100);
        const fs::path second = song("b.wav", 8000 * 600);
        QProcess process;
        process.start(HEADROOM_PROGRAM, command({first, second}));
        // The first line on standard output is printed when the first song is finished.
        QVERIFY(process.waitForReadyRead(-1));
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        process.waitForFinished(-1);
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(filesIn(here_ / "out"), 2);
        QVERIFY(fs::exists(here_ / "out/a/vocals.wav"));
    }
    /// Simulates a full disk with a file size limit.
    void fullDiskLeavesNoFiles() {
        const fs::path input = song("song.wav", 60000);
        QProcess process;
        const std::string line = "ulimit -f 100; trap '' XFSZ; exec \"$0\" \"$@\"";
        process.start("bash",
                      QStringList{"-c", QString::fromStdString(line), HEADROOM_PROGRAM} << command({input}));
        process.waitForFinished(-1);
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("cannot write the file"));
        QCOMPARE(filesIn(here_ / "out"), 0);
    }
};

HEADROOM_TEST_MAIN(TestSeparateSongs)
#include "tst_separate_songs.moc"
