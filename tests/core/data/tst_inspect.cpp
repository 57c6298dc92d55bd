#include "core/audio/audio_file.h"
#include "core/data/inspect.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <limits>
#include <memory>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t frames = 22050;
using Change = std::function<void(AudioBuffer&)>;

/// Two songs to train on and one to test with, nothing wrong with them.
void writeSongs(const fs::path& root) {
    std::uint64_t seed = 0;
    for (const char* song : {"train/one", "train/two", "test/three"}) {
        fs::create_directories(root / song);
        AudioBuffer mixture(2, frames);
        for (const char* stem : {"vocals.wav", "bass.wav"}) {
            const AudioBuffer sound = test::noise(2, frames, ++seed, 0.25F);
            std::ranges::transform(mixture.samples(), sound.samples(), mixture.samples().begin(),
                                   std::plus{});
            writeAudio(root / song / stem, sound, {});
        }
        writeAudio(root / song / "mixture.wav", mixture, {});
    }
}

/// A copy of these songs for a test to break.
class Dataset {
public:
    Dataset() {
        static const QTemporaryDir sound;
        const fs::path source = sound.path().toStdString();
        if (fs::is_empty(source))
            writeSongs(source);
        fs::copy(source, path(), fs::copy_options::recursive);
    }

    fs::path path(const std::string& file = {}) const {
        return fs::path(folder_.path().toStdString()) / file;
    }

    void write(const std::string& file, const AudioBuffer& sound, AudioSpec spec = {}) const {
        fs::create_directories(path(file).parent_path());
        writeAudio(path(file), sound, spec);
    }
    void change(const std::string& file, const Change& change) const {
        AudioBuffer sound = readAudio(path(file));
        change(sound);
        write(file, sound);
    }

    DatasetReport inspect() const { return inspectDataset(path()).value(); }

private:
    QTemporaryDir folder_;
};

const FileReport& file(const DatasetReport& report, const std::string& song, const std::string& stem) {
    const auto found =
        std::ranges::find_if(report.songs, [&](const SongReport& s) { return s.title() == song; });
    return *std::ranges::find(found->files, stem, &FileReport::stem);
}

std::string textOf(const DatasetReport& report) {
    std::string text;
    for (const DatasetProblem& problem : report.problems)
        text += severityName(problem.severity) + " [" + problem.kind + "] " + problem.text + "\n";
    return text;
}

} // namespace

class TestInspect : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void soundDatasetHasNoProblems();
    void numbersAreThoseOfTheSound();
    void problemsAreNamed_data();
    void problemsAreNamed();
    void residualIsTheRatioOfEnergies();
    void sameSoundInAnotherFormatIsFound();
    void sumsDoNotCountInTheResidual();
    void namedStemsAreAllThatCount();
    void severestComeFirst();
    void reportIsJson();
    void progressCountsAndStopStops();
    void noDatasetIsAnError();
};

void TestInspect::soundDatasetHasNoProblems() {
    const Dataset dataset;
    const DatasetReport report = dataset.inspect();
    QCOMPARE(textOf(report), std::string());
    QCOMPARE(report.songs.size(), std::size_t{3});
    QCOMPARE(report.songs[0].title(), std::string("train/one"));
    QCOMPARE(report.songs[2].title(), std::string("test/three"));
    QCOMPARE(report.seconds(), 1.5);
    for (const SongReport& song : report.songs)
        QVERIFY(song.residual && *song.residual < -120);
}

void TestInspect::numbersAreThoseOfTheSound() {
    const Dataset dataset;
    AudioBuffer sound(2, 70000); // longer than one block
    for (int c = 0; c < 2; ++c) {
        std::ranges::fill(sound.channel(c), 0.01F * static_cast<float>(c));
        for (std::int64_t i = 0; i < 3500; ++i)
            sound.channel(c)[i] = i % 2 == 0 ? 0.75F : -0.25F;
    }
    sound.channel(1)[60000] = -1;
    sound.channel(1)[60001] = 32767.0F / 32768;
    sound.channel(1)[60002] = 32766.0F / 32768;
    dataset.write("train/one/vocals.wav", sound, {.sampleRate = 8000, .encoding = SampleEncoding::Pcm24});
    const DatasetReport report = dataset.inspect();
    const FileReport& vocals = file(report, "train/one", "vocals");
    QCOMPARE(vocals.sampleRate, 8000);
    QCOMPARE(vocals.channels, 2);
    QCOMPARE(vocals.frames, std::int64_t{70000});
    QCOMPARE(vocals.seconds(), 8.75);
    QCOMPARE(vocals.encoding, std::string("PCM_24"));
    QCOMPARE(vocals.peak, 1.0);
    QCOMPARE(vocals.clippedSamples, std::int64_t{2});
    const auto right = sound.channel(1);
    double sum = 0;
    for (const float sample : right)
        sum += sample;
    QVERIFY(std::abs(vocals.dcOffset - sum / 70000) < 1e-6);
    QCOMPARE(vocals.silence, 0.0); // the right channel's offset of 0.01 is above -60 dBFS throughout

    dataset.change("train/one/vocals.wav", [](AudioBuffer& changed) {
        std::ranges::fill(changed.channel(0).subspan(3528), 0.0005F);
        std::ranges::fill(changed.channel(1).subspan(3528), 0.0005F);
    });
    // 70000 frames at 44.1 kHz: 15 windows of 4410 and a rest; only the first, in part, is louder than 0.001.
    QCOMPARE(file(dataset.inspect(), "train/one", "vocals").silence, 15.0 / 16);
}

void TestInspect::problemsAreNamed_data() {
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

    row("DC", "warning [dc] bass: DC offset 0.", changed([](AudioBuffer& sound) {
            for (float& sample : sound.samples())
                sample += 0.1F;
        }));
    row("clipping", "warning [clipped] bass: ", changed([](AudioBuffer& sound) {
            for (float& sample : sound.samples())
                sample = std::clamp(8 * sample, -1.0F, 1.0F);
        }));
    row("one clipped sample", "note [clipped] bass: 1 samples clipped",
        changed([](AudioBuffer& sound) { sound.channel(1)[77] = 1; }));
    row("mono as stereo", "note [mono as stereo] bass: mono as stereo",
        changed([](AudioBuffer& sound) { std::ranges::copy(sound.channel(0), sound.channel(1).begin()); }));
    row("silent stem", "note [silent] bass: silent throughout",
        changed([](AudioBuffer& sound) { std::ranges::fill(sound.samples(), 0.0F); }));
    row("not a number", "error [not finite] bass: 2 samples are not numbers", changed([](AudioBuffer& sound) {
            sound.channel(0)[5] = std::numeric_limits<float>::quiet_NaN();
            sound.channel(1)[frames - 1] = std::numeric_limits<float>::infinity();
        }));
    row("residual", "warning [residual] the mixture is not the sum of the stems: 0.0 dB remain",
        [](const Dataset& d) {
            d.change("train/one/mixture.wav",
                     [](AudioBuffer& sound) { sound = test::noise(2, frames, 99, 0.9F); });
            d.change("train/one/bass.wav",
                     [](AudioBuffer& sound) { sound = test::noise(2, frames, 98, 1e-3F); });
            d.change("train/one/vocals.wav",
                     [](AudioBuffer& sound) { sound = test::noise(2, frames, 97, 1e-3F); });
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
        "warning [duplicate] the same sound in train/one and train/two: bass, mixture, vocals",
        [](const Dataset& d) {
            fs::copy(d.path("train/one"), d.path("train/two"),
                     fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        });
    row("test song in train",
        "error [duplicate across splits] the same sound in train/zwei and test/three: bass, mixture, vocals",
        [](const Dataset& d) {
            fs::copy(d.path("test/three"), d.path("train/zwei"), fs::copy_options::recursive);
        });
    row("one stem under two names", "warning [same stems] the same sound twice: bass = vocals",
        [=](const Dataset& d) {
            fs::copy_file(d.path(bass), d.path("train/one/vocals.wav"), fs::copy_options::overwrite_existing);
        });
    const auto sum = [](const Dataset& d, const std::string& name, const std::vector<std::string>& stems) {
        AudioBuffer total(2, frames);
        for (const std::string& stem : stems) {
            const AudioBuffer part = readAudio(d.path("train/one/" + stem + ".wav"));
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
    row("an accompaniment by its name", "error [sum] karaoke is an accompaniment by its name",
        [](const Dataset& d) { d.write("train/one/karaoke.wav", test::noise(2, frames, 15, 0.25F)); });
    row("MP3 stem", "error [not read] drums.mp3 is here, but stems must be WAV, FLAC or AIFF",
        [](const Dataset& d) { std::ofstream(d.path("train/one/drums.mp3")) << "x"; });
    row("MP3 beside its WAV", "note [not read] bass.mp3 is here",
        [](const Dataset& d) { std::ofstream(d.path("train/one/bass.mp3")) << "x"; });
    row("an empty folder", "warning [unused] 'train/later' is not used: it is empty",
        [](const Dataset& d) { fs::create_directory(d.path("train/later")); });
    row("a validation song in train",
        "error [duplicate across splits] the same sound in train/one and "
        "validation/eins: bass, mixture, vocals",
        [](const Dataset& d) {
            fs::create_directory(d.path("valid"));
            fs::copy(d.path("train/one"), d.path("valid/eins"), fs::copy_options::recursive);
        });
    row("nothing to train on", "error [nothing to train on] no song is in train",
        [](const Dataset& d) { fs::remove_all(d.path("train")); });
}

void TestInspect::problemsAreNamed() {
    QFETCH(const std::shared_ptr<std::function<void(const Dataset&)>>, breakIt);
    QFETCH(const QString, expected);
    const Dataset dataset;
    (*breakIt)(dataset);
    const std::string text = textOf(dataset.inspect());
    QVERIFY2(text.find(expected.toStdString()) != std::string::npos, ("found only:\n" + text).c_str());
}

void TestInspect::residualIsTheRatioOfEnergies() {
    const Dataset dataset;
    dataset.change("train/one/mixture.wav", [](AudioBuffer& sound) {
        for (float& sample : sound.samples())
            sample *= 1.01F;
    });
    const DatasetReport report = dataset.inspect();
    QVERIFY(std::abs(report.songs[0].residual.value() - 20 * std::log10(0.01 / 1.01)) < 0.01);

    dataset.write("train/one/bass.wav", test::noise(1, frames, 3));
    QVERIFY(!dataset.inspect().songs[0].residual);
}

void TestInspect::sameSoundInAnotherFormatIsFound() {
    const Dataset dataset;
    dataset.write("train/one/bass.wav", test::noise(2, 3 * frames, 5), {.encoding = SampleEncoding::Pcm16});
    const AudioBuffer rounded = readAudio(dataset.path("train/one/bass.wav"));
    fs::remove(dataset.path("train/two/bass.wav"));
    dataset.write("train/two/bass.flac", rounded,
                  {.container = AudioContainer::Flac, .encoding = SampleEncoding::Pcm24});
    dataset.write("test/three/vocals.wav", rounded, {.encoding = SampleEncoding::Float});
    const DatasetReport report = dataset.inspect();
    QCOMPARE(file(report, "train/one", "bass").hash, file(report, "train/two", "bass").hash);
    QCOMPARE(file(report, "train/one", "bass").hash, file(report, "test/three", "vocals").hash);

    dataset.change("train/two/vocals.wav", [&](AudioBuffer& sound) {
        sound = rounded;
        sound.channel(1)[3 * frames - 1] += 1e-4F;
    });
    QVERIFY(file(dataset.inspect(), "train/two", "vocals").hash != file(report, "train/one", "bass").hash);
}

/// A sum beside the mixture makes it no other song: it is held against the stems.
void TestInspect::sumsDoNotCountInTheResidual() {
    const Dataset dataset;
    dataset.write("train/one/drums.wav", AudioBuffer(2, frames));
    const AudioBuffer mixture = readAudio(dataset.path("train/one/mixture.wav"));
    dataset.write("train/one/master.wav", mixture);
    const DatasetReport report = dataset.inspect();
    QVERIFY(report.songs[0].residual && *report.songs[0].residual < -100);
    QCOMPARE(report.songs[0].sums.size(), std::size_t{1});
    QCOMPARE(report.songs[0].sums[0].stem, std::string("master"));
    QVERIFY(report.songs[0].sums[0].isWhole);
}

void TestInspect::namedStemsAreAllThatCount() {
    const Dataset dataset;
    dataset.write("train/one/karaoke.wav", test::noise(2, frames, 15, 0.25F));
    const DatasetReport all = inspectDataset(dataset.path(), {}, {}, {"bass", "vocals"}).value();
    QCOMPARE(textOf(all), std::string());
    QCOMPARE(all.songs[0].files.size(), std::size_t{3});
    const std::string text = textOf(inspectDataset(dataset.path(), {}, {}, {"bass", "flute"}).value());
    QVERIFY2(text.find("error [missing] flute: missing") != std::string::npos, text.c_str());
}

void TestInspect::severestComeFirst() {
    const Dataset dataset;
    dataset.change("train/one/bass.wav", [](AudioBuffer& sound) {
        for (float& sample : sound.samples())
            sample += 0.1F;
        sound.channel(0)[5] = 1;
    });
    fs::resize_file(dataset.path("train/two/bass.wav"), 10);
    const DatasetReport report = dataset.inspect();
    QVERIFY(report.problems.size() >= 3);
    QVERIFY(std::ranges::is_sorted(report.problems, std::greater(), &DatasetProblem::severity));
    QCOMPARE(report.count(Severity::Error), std::int64_t{1});
    QVERIFY(report.count(Severity::Warning) >= 1 && report.count(Severity::Note) >= 1);
}

void TestInspect::reportIsJson() {
    const Dataset dataset;
    std::ofstream(dataset.path("train/one/bass.wav")) << "text";
    const DatasetReport report = dataset.inspect();
    const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(toJson(report))).object();
    QCOMPARE(json["songs"].toArray().size(), 3);
    const QJsonObject song = json["songs"].toArray()[0].toObject();
    QCOMPARE(song["name"].toString(), QString("one"));
    QVERIFY(song["residual_db"].isNull());
    QVERIFY(!song["files"].toArray()[0].toObject()["unreadable"].toString().isEmpty());
    QCOMPARE(song["files"].toArray()[1].toObject()["frames"].toInt(), static_cast<int>(frames));
    QVERIFY(json["songs"].toArray()[1].toObject()["residual_db"].toDouble() < -100);
    QCOMPARE(json["summary"].toObject()["errors"].toInt(), 1);
    QCOMPARE(json["problems"].toArray()[0].toObject()["severity"].toString(), QString("error"));
    QCOMPARE(json["problems"].toArray()[0].toObject()["songs"].toArray()[0].toString(), QString("train/one"));
}

void TestInspect::progressCountsAndStopStops() {
    const Dataset dataset;
    std::vector<std::size_t> seen;
    QVERIFY(inspectDataset(dataset.path(), [&](std::size_t done, std::size_t total) {
        seen.push_back(done);
        QCOMPARE(total, std::size_t{3});
    }));
    QVERIFY((seen == std::vector<std::size_t>{1, 2, 3}));

    std::stop_source source;
    source.request_stop();
    QVERIFY(!inspectDataset(dataset.path(), {}, source.get_token()));
}

void TestInspect::noDatasetIsAnError() {
    const Dataset dataset;
    fs::create_directory(dataset.path("empty"));
    std::ofstream(dataset.path("text.txt")) << "text";
    for (const char* root : {"empty", "nowhere", "text.txt"})
        QVERIFY_EXCEPTION_THROWN(inspectDataset(dataset.path(root)), Error);
}

HEADROOM_TEST_MAIN(TestInspect)
#include "tst_inspect.moc"
