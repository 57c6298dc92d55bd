// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "tests/support/bad_files.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <numbers>
#include <vector>

using namespace headroom;
using headroom::test::errorOf;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t chirpFrames = 98765; ///< at 8 kHz

fs::path dataFile(const std::string& name) {
    return fs::path(HEADROOM_TEST_DATA) / "ffmpeg" / name;
}

/// What make_files.sh encodes.
float chirp(double seconds) {
    return static_cast<float>(0.4 *
                              std::sin(2 * std::numbers::pi * (200 * seconds + 20 * seconds * seconds)));
}

/// Root mean square of the differences from what was encoded, in the frames [begin, end).
template <typename Expected>
double errorOfAudio(const AudioBuffer& audio, int channel, std::int64_t begin, std::int64_t end,
                    const Expected& expected) {
    double sum = 0;
    for (std::int64_t i = begin; i < end; ++i)
        sum += std::pow(audio.channel(channel)[i] - expected(i), 2);
    return std::sqrt(sum / static_cast<double>(end - begin));
}

double tone(int frequency, std::int64_t frame, int sampleRate) {
    const double seconds = static_cast<double>(frame) / sampleRate;
    return 0.2 * std::sin(2 * std::numbers::pi * frequency * seconds);
}

} // namespace

/// Files that the program ffmpeg made; see make_files.sh.
class TestFfmpegFiles : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    fs::path written(const QByteArray& bytes, const std::string& name = "audio") const {
        const fs::path path = fs::path(folder_.path().toStdString()) / name;
        test::writeBytes(path, bytes);
        return path;
    }
    static QByteArray bytesOf(const std::string& name) { return test::readBytes(dataFile(name)); }

    static void expectRefused(const fs::path& file, const std::string& what) {
        const std::string message = errorOf([&] { test::readAudio(file); });
        QVERIFY2(message.find(what) != std::string::npos, message.c_str());
        QVERIFY2(message.find(file.string()) != std::string::npos, message.c_str());
    }

private Q_SLOTS:
    void holdWhatWasEncoded_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("container");
        QTest::addColumn<QString>("encoding");
        QTest::addColumn<qint64>("frames");
        QTest::addColumn<int>("delay"); ///< frames that formats without a note of it keep
        QTest::addColumn<double>("tolerance");
        QTest::newRow("AAC in MP4") << "gapless.m4a"
                                    << "MP4"
                                    << "AAC" << qint64(chirpFrames) << 0 << 0.02;
        QTest::newRow("Opus in WebM") << "gapless.webm"
                                      << "MATROSKA"
                                      << "OPUS" << qint64(6 * chirpFrames) << 0 << 0.03;
        QTest::newRow("ALAC") << "lossless.m4a"
                              << "MP4"
                              << "ALAC" << qint64(48000) << 0 << 1.0 / 32768;
        QTest::newRow("WavPack") << "lossless.wv"
                                 << "WV"
                                 << "WAVPACK" << qint64(4000) << 0 << 1.0 / 32768;
        QTest::newRow("AAC alone") << "plain.aac"
                                   << "AAC"
                                   << "AAC" << qint64(98 * 1024) << 1024 << 0.02;
        QTest::newRow("AC-3") << "mono.ac3"
                              << "AC3"
                              << "AC3" << qint64(125 * 1536) << 256 << 0.02;
    }
    void holdWhatWasEncoded() {
        QFETCH(QString, name);
        QFETCH(QString, container);
        QFETCH(QString, encoding);
        QFETCH(qint64, frames);
        QFETCH(int, delay);
        QFETCH(double, tolerance);
        AudioReader reader(dataFile(name.toStdString()));
        const AudioInfo& info = reader.info();
        QCOMPARE(QString::fromStdString(info.container), container);
        QCOMPARE(QString::fromStdString(info.encoding), encoding);
        QCOMPARE(isLossy(info.encoding), tolerance > 0.001);
        QCOMPARE(info.frames, frames);
        QCOMPARE(info.channels, 1);
        const AudioBuffer audio = reader.read(frames);
        const std::int64_t edge = tolerance > 0.001 ? 2048 : 0; // where a lossy codec rings
        const std::int64_t end = std::min<std::int64_t>(frames, delay + chirpFrames * info.sampleRate /
                                                                            8000); // what follows is padding
        const double error = errorOfAudio(audio, 0, delay + edge, end - edge, [&](std::int64_t i) {
            return chirp(static_cast<double>(i - delay) / info.sampleRate);
        });
        QVERIFY2(error < tolerance, qPrintable(QString::number(error)));
    }

    void readFromAnywhereAlike_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"gapless.m4a", "gapless.webm", "lossless.m4a", "plain.aac", "mono.ac3",
                                 "sound.wma", "two_tracks.mkv", "surround.m4a"})
            QTest::newRow(name) << name;
    }
    void readFromAnywhereAlike() {
        QFETCH(QString, name);
        const fs::path file = dataFile(name.toStdString());
        const AudioBuffer whole = test::readAudio(file);
        const AudioBuffer again = test::readAudio(file);
        QVERIFY(std::ranges::equal(whole.samples(), again.samples()));
        AudioReader reader(file);
        std::vector<std::int64_t> firsts = {whole.frames() - 1, 0, 1};
        for (std::int64_t first = 300; first < whole.frames(); first += whole.frames() / 7)
            firsts.insert(firsts.end(), {first, (first * 7919) % whole.frames()});
        for (const std::int64_t first : firsts) {
            reader.seek(first);
            const AudioBuffer part = reader.read(3000);
            for (int c = 0; c < part.channels(); ++c) {
                const auto expected = whole.channel(c).subspan(first, part.frames());
                QVERIFY2(std::ranges::equal(part.channel(c), expected), qPrintable(QString::number(first)));
            }
        }
    }

    void endWhereAppleNotesIt() {
        QCOMPARE(AudioReader(dataFile("noted.m4a")).info().frames, std::int64_t{2000});
    }

    /// The edit list is rounded up to 2352 frames.
    void endWithTheLastPacket() {
        QCOMPARE(AudioReader(dataFile("rounded.m4a")).info().frames, std::int64_t{2345});
    }

    /// Without the short duration of its last packet, the edit list ends the audio.
    void endWithTheEditList() {
        QByteArray bytes = bytesOf("gapless.m4a");
        const QByteArray lastDuration = QByteArray::fromHex("00000001000001cd"); // one packet of 461 frames
        QCOMPARE(bytes.count(lastDuration), 1);
        bytes.replace(lastDuration, QByteArray::fromHex("0000000100000400"));
        const AudioReader reader(written(bytes, "edited.m4a"));
        QCOMPARE(reader.info().frames, chirpFrames);
    }

    void keepTags() {
        const AudioTags expected = {{AudioTag::Title, "Chirp"}, {AudioTag::Artist, "Nobody"}};
        QCOMPARE(AudioReader(dataFile("gapless.m4a")).info().tags, expected);
    }

    void areMixedDownToStereo_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("delay");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("FLAC") << "surround.flac" << 0 << 1e-4;
        QTest::newRow("WAV") << "surround.wav" << 0 << 1e-4;
        QTest::newRow("AAC") << "surround.m4a" << 0 << 0.05;
        QTest::newRow("AC-3") << "surround.ac3" << 256 << 0.05;
    }
    void areMixedDownToStereo() {
        QFETCH(QString, name);
        QFETCH(int, delay);
        QFETCH(double, tolerance);
        AudioReader reader(dataFile(name.toStdString()));
        const AudioInfo& info = reader.info();
        QCOMPARE(info.channels, 2);
        QCOMPARE(info.notice,
                 std::string("its 6 channels are mixed down to stereo by ITU-R BS.775: left and right 1, "
                             "center 0.707, surround 0.707, LFE left out"));
        const AudioBuffer audio = reader.read(info.frames);
        const std::int64_t edge = tolerance > 0.01 ? 2048 : 0;
        const std::int64_t end = info.sampleRate == 8000 ? 2000 : 32000;
        for (int c = 0; c < 2; ++c) {
            const double error = errorOfAudio(audio, c, delay + edge, end - edge, [&](std::int64_t i) {
                const auto at = [&](int frequency) { return tone(frequency, i - delay, info.sampleRate); };
                return at(300 + 100 * c) + std::sqrt(0.5) * (at(500) + at(700 + 100 * c));
            });
            QVERIFY2(error < tolerance, qPrintable(QString::number(error)));
        }
    }

    void tellWhichTrackIsRead() {
        QCOMPARE(AudioReader(dataFile("two_tracks.mkv")).info().notice,
                 std::string("it has 2 audio tracks, of which number 1 is read"));
    }

    void areRefusedIfTruncated_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("what");
        QTest::newRow("MP4") << "gapless.m4a"
                             << "a packet is not complete";
        QTest::newRow("MP4 with its index at the end") << "lossless.m4a"
                                                       << "damaged audio file (moov atom not found)";
        QTest::newRow("WebM") << "gapless.webm"
                              << "truncated: it has ";
        QTest::newRow("WMA") << "sound.wma"
                             << "truncated at ";
    }
    void areRefusedIfTruncated() {
        QFETCH(QString, name);
        QFETCH(QString, what);
        const QByteArray bytes = bytesOf(name.toStdString());
        for (const double share : {0.5, 0.75})
            expectRefused(written(bytes.left(static_cast<qsizetype>(share * bytes.size())), "short"),
                          what.toStdString());
        expectRefused(written(bytes.left(100), "shorter"), "damaged");
    }

    void areRefusedWithThePositionIfDamaged() {
        QByteArray bytes = bytesOf("gapless.m4a");
        const qsizetype middle = bytes.size() / 2;
        bytes.replace(middle, 3000, QByteArray(3000, '\x5a'));
        const fs::path file = written(bytes, "damaged.m4a");
        const std::string message = errorOf([&] { AudioReader reader(file); });
        QVERIFY2(message.find("the file is damaged or truncated at 6.") != std::string::npos,
                 message.c_str());
    }

    void withoutAudioAreRefused() {
        const QByteArray garbage = QByteArray::fromHex("1a45dfa3") + QByteArray(5000, '\x42');
        expectRefused(written(garbage), "unsupported or damaged audio file");
        expectRefused(written("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\nhttp://127.0.0.1/a.ts\n"),
                      "unsupported or damaged audio file (Format not recognised)");
        expectRefused(written("ffconcat version 1.0\nfile /etc/passwd\n"),
                      "unsupported or damaged audio file (Format not recognised)");
    }
};

HEADROOM_TEST_MAIN(TestFfmpegFiles)
#include "tst_ffmpeg_files.moc"
