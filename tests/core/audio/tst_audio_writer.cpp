// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "tests/support/bad_files.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cmath>
#include <csignal>
#include <filesystem>
#include <sys/resource.h>

using namespace headroom;
using headroom::test::errorOf;
namespace fs = std::filesystem;

namespace {

/// RAII: simulates a full disk by limiting the size of files.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int);
};

AudioSpec specOf(AudioContainer container, SampleEncoding encoding) {
    AudioSpec spec;
    spec.container = container;
    spec.encoding = encoding;
    return spec;
}

} // namespace

class TestAudioWriter : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    fs::path root() const { return folder_.path().toStdString(); }
    bool holdsOnly(const std::vector<std::string>& names) const {
        std::size_t files = 0;
        for (const auto& entry : fs::directory_iterator(root()))
            files += std::ranges::count(names, entry.path().filename().string()) == 1 ? 1 : 1000;
        return files == names.size();
    }

private Q_SLOTS:
    void cleanup() {
        for (const auto& entry : fs::directory_iterator(root()))
            fs::remove_all(entry.path());
    }

    void roundTripIsBitExact_data() {
        QTest::addColumn<int>("container");
        QTest::addColumn<int>("encoding");
        const auto row = [](const char* name, AudioContainer container, SampleEncoding encoding) {
            QTest::newRow(name) << static_cast<int>(container) << static_cast<int>(encoding);
        };
        row("wav PCM_16", AudioContainer::Wav, SampleEncoding::Pcm16);
        row("wav PCM_24", AudioContainer::Wav, SampleEncoding::Pcm24);
        row("wav FLOAT", AudioContainer::Wav, SampleEncoding::Float);
        row("flac PCM_16", AudioContainer::Flac, SampleEncoding::Pcm16);
        row("flac PCM_24", AudioContainer::Flac, SampleEncoding::Pcm24);
    }
    void roundTripIsBitExact() {
        QFETCH(int, container);
        QFETCH(int, encoding);
        const AudioSpec spec =
            specOf(static_cast<AudioContainer>(container), static_cast<SampleEncoding>(encoding));
        AudioBuffer audio = test::noise(2, 50000, 3, 1.0F);
        audio.channel(0)[17] = -1.0F;
        writeAudio(root() / "first", audio, spec);
        const AudioBuffer first = test::readAudio(root() / "first");
        const double step = spec.encoding == SampleEncoding::Float   ? 0
                            : spec.encoding == SampleEncoding::Pcm16 ? 1.0 / 32768
                                                                     : 1.0 / 8388608;
        for (std::size_t i = 0; i < audio.samples().size(); ++i)
            QVERIFY(std::abs(first.samples()[i] - audio.samples()[i]) <= step);

        writeAudio(root() / "second", first, spec);
        QVERIFY(std::ranges::equal(test::readAudio(root() / "second").samples(), first.samples()));
        QCOMPARE(test::readBytes(root() / "second"), test::readBytes(root() / "first"));
    }

    void pythonReadsTheSameSamples() {
        const QString python = QStandardPaths::findExecutable("python3");
        if (python.isEmpty())
            QSKIP("there is no python3");
        AudioBuffer audio(2, 3);
        std::ranges::copy(std::array{0.5F, -1.0F, 0.25F}, audio.channel(0).begin());
        writeAudio(root() / "a.wav", audio, specOf(AudioContainer::Wav, SampleEncoding::Pcm16));
        QProcess process;
        process.start(python, {"-c",
                               "import sys, wave; w = wave.open(sys.argv[1]);"
                               "print(*w.getparams()[:4], w.readframes(9).hex())",
                               QString::fromStdString((root() / "a.wav").string())});
        QVERIFY(process.waitForFinished(-1));
        QCOMPARE(process.readAllStandardOutput().trimmed(),
                 QByteArray("2 2 44100 3 004000000080000000200000"));
    }

    void clipsAndCountsSamplesBeyondFullScale() {
        AudioBuffer audio(1, 4);
        std::ranges::copy(std::array{1.5F, -1.25F, 1.0F, 0.25F}, audio.channel(0).begin());
        AudioSpec spec = specOf(AudioContainer::Wav, SampleEncoding::Pcm16);
        spec.channels = 1;
        spec.frames = 4;
        AudioWriter writer(root() / "loud.wav", spec);
        writer.write(audio);
        writer.commit();
        QCOMPARE(writer.clippedSamples(), 2);
        const AudioBuffer read = test::readAudio(root() / "loud.wav");
        QCOMPARE(read.channel(0)[0], 32767.0F / 32768);
        QCOMPARE(read.channel(0)[1], -1.0F);
        QCOMPARE(read.channel(0)[3], 0.25F);

        writeAudio(root() / "float.wav", audio, AudioSpec());
        QCOMPARE(test::readAudio(root() / "float.wav").channel(0)[0], 1.5F);
    }

    void leavesNoPartialFiles() {
        const AudioBuffer audio = test::noise(2, 1000, 1);
        writeAudio(root() / "kept.wav", audio, AudioSpec());
        const QByteArray before = test::readBytes(root() / "kept.wav");
        {
            AudioSpec spec;
            spec.frames = 2000;
            AudioWriter abandoned(root() / "kept.wav", spec);
            abandoned.write(audio);
            AudioWriter unfinished(root() / "kept.wav", spec);
            unfinished.write(audio);
            QVERIFY(errorOf([&] { unfinished.commit(); }).find("1000 of 2000") != std::string::npos);
        }
        QCOMPARE(test::readBytes(root() / "kept.wav"), before);
        QVERIFY(holdsOnly({"kept.wav"}));
    }

    void reportsAFullDisk_data() {
        roundTripIsBitExact_data();
        QTest::newRow("MP3") << int(AudioContainer::Mp3) << int(SampleEncoding::MpegLayer3);
    }
    void reportsAFullDisk() {
        QFETCH(int, container);
        QFETCH(int, encoding);
        const AudioSpec spec =
            specOf(static_cast<AudioContainer>(container), static_cast<SampleEncoding>(encoding));
        const AudioBuffer audio = test::noise(2, 50000, 3, 1.0F);
        writeAudio(root() / "whole", audio, spec);
        const auto size = fs::file_size(root() / "whole");
        fs::remove(root() / "whole");
        // From almost nothing to one byte too few.
        for (std::uintmax_t room : {std::uintmax_t{10}, size / 2, size - 1}) {
            const FileSizeLimit limit(room);
            const std::string message = errorOf([&] { writeAudio(root() / "full", audio, spec); });
            QVERIFY2(message.find("File too large") != std::string::npos ||
                         message.find("Check that the disk is not full") != std::string::npos,
                     message.c_str());
            QVERIFY(holdsOnly({}));
        }
    }

    void mp3KeepsLengthAndSound_data() {
        QTest::addColumn<int>("rate");
        QTest::addColumn<int>("channels");
        for (const int rate : {32000, 44100, 48000}) {
            for (const int channels : {1, 2})
                QTest::addRow("%d Hz, %d channels", rate, channels) << rate << channels;
        }
    }
    void mp3KeepsLengthAndSound() {
        QFETCH(const int, rate);
        QFETCH(const int, channels);
        AudioSpec spec = specOf(AudioContainer::Mp3, SampleEncoding::MpegLayer3);
        spec.sampleRate = rate;
        for (const std::int64_t frames : {1, 1151, 1152, 30011}) {
            const AudioBuffer audio = test::sine(channels, frames, 440, rate);
            const fs::path path = root() / "sine.mp3";
            for (const bool tagged : {false, true}) {
                spec.tags = tagged ? AudioTags{{AudioTag::Title, "제목"}} : AudioTags{};
                writeAudio(path, audio, spec);
                const AudioReader reader(path);
                QCOMPARE(reader.info().frames, frames);
                QCOMPARE(reader.info().sampleRate, rate);
                QCOMPARE(reader.info().encoding, "MPEG_LAYER_III");
                QCOMPARE(reader.info().tags, spec.tags);
                const AudioBuffer read = test::readAudio(path);
                for (std::int64_t i = 2000; i < frames - 2000; ++i)
                    QVERIFY(std::abs(read.channel(0)[i] - audio.channel(0)[i]) < 5e-3F);
            }
        }
    }
    void mp3RefusesWhatItLacks() {
        const auto message = [this](AudioSpec spec, int channels) {
            return errorOf([&] { writeAudio(root() / "x.mp3", AudioBuffer(channels, 5), spec); });
        };
        AudioSpec spec = specOf(AudioContainer::Mp3, SampleEncoding::MpegLayer3);
        QVERIFY(!message(spec, 3).empty());
        spec.sampleRate = 96000;
        QVERIFY(message(spec, 2).find("MP3 does not support 96000 Hz") != std::string::npos);
        spec.sampleRate = 22050;
        QVERIFY(message(spec, 2).find("MP3 does not support 22050 Hz") != std::string::npos);
        QVERIFY(message(specOf(AudioContainer::Mp3, SampleEncoding::Pcm16), 2).find("PCM_16") !=
                std::string::npos);
        QVERIFY(message(specOf(AudioContainer::Wav, SampleEncoding::MpegLayer3), 2).find("MPEG_LAYER_III") !=
                std::string::npos);
    }

    void rejectsUnusableTargets() {
        QVERIFY(
            !errorOf([&] { writeAudio(root() / "no" / "x.wav", AudioBuffer(2, 5), AudioSpec()); }).empty());
        const AudioSpec floatFlac = specOf(AudioContainer::Flac, SampleEncoding::Float);
        QVERIFY(errorOf([&] {
                    writeAudio(root() / "x.flac", AudioBuffer(2, 5), floatFlac);
                }).find("FLAC does not support FLOAT") != std::string::npos);
        const AudioSpec flac = specOf(AudioContainer::Flac, SampleEncoding::Pcm16);
        QVERIFY(!errorOf([&] { writeAudio(root() / "x.flac", AudioBuffer(9, 5), flac); }).empty());
        AudioBuffer nan(2, 5);
        nan.channel(1)[2] = std::nanf("");
        QVERIFY(!errorOf([&] { writeAudio(root() / "x.flac", nan, flac); }).empty());
        QVERIFY(holdsOnly({}));
    }

    void parsesFormatNames() {
        QCOMPARE(audioContainer("flac"), AudioContainer::Flac);
        QCOMPARE(sampleEncoding("PCM_24"), SampleEncoding::Pcm24);
        QCOMPARE(audioContainer("mp3"), AudioContainer::Mp3);
        QVERIFY(errorOf([] { audioContainer("aac"); }).find("wav, flac, mp3") != std::string::npos);
        QVERIFY(errorOf([] { sampleEncoding("PCM_12"); }).find("FLOAT") != std::string::npos);
    }
};

HEADROOM_TEST_MAIN(TestAudioWriter)
#include "tst_audio_writer.moc"
