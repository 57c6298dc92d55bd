// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "tests/support/bad_files.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <QTemporaryDir>
#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <utility>

using namespace headroom;
using headroom::test::errorOf;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t frames = 30000; ///< length of the test files: 16-bit stereo, 44.1 kHz

QByteArray little(std::uint64_t value, int bytes) {
    const std::uint64_t stored = qToLittleEndian(value);
    return {reinterpret_cast<const char*>(&stored), bytes};
}

QByteArray big(std::uint64_t value, int bytes) {
    QByteArray reversed = little(value, bytes);
    std::ranges::reverse(reversed);
    return reversed;
}

QByteArray chunk(const char* id, const QByteArray& contents) {
    return QByteArray(id) + little(std::uint64_t(contents.size()), 4) + contents;
}

QByteArray waveFormat() {
    return little(1, 2) + little(2, 2) + little(44100, 4) + little(176400, 4) + little(4, 2) + little(16, 2);
}

QByteArray samples() {
    QByteArray bytes;
    for (std::int64_t i = 0; i < 2 * frames; ++i)
        bytes += little(std::uint64_t(i * 7919 % 30011), 2);
    return bytes;
}

QByteArray wave(std::uint64_t dataSize, const QByteArray& contents = samples(),
                const QByteArray& trailer = {}) {
    return "RIFF" + little(dataSize + 36, 4) + "WAVE" + chunk("fmt ", waveFormat()) + "data" +
           little(dataSize, 4) + contents + trailer;
}

/// @param before chunks between the format and the samples
QByteArray waveWithChunks(const QByteArray& before) {
    return "RIFF" + little(4 * frames + 36 + std::uint64_t(before.size()), 4) + "WAVE" +
           chunk("fmt ", waveFormat()) + before + chunk("data", samples());
}

/// With the byte order of the first Macintosh programs.
QByteArray bigEndianWave() {
    const QByteArray format = big(1, 2) + big(2, 2) + big(44100, 4) + big(176400, 4) + big(4, 2) + big(16, 2);
    QByteArray bytes = samples();
    for (int i = 0; i < bytes.size(); i += 2)
        std::swap(bytes[i], bytes[i + 1]);
    return "RIFX" + big(4 * frames + 36, 4) + "WAVE" + "fmt " + big(16, 4) + format + "data" +
           big(4 * frames, 4) + bytes;
}

QByteArray longWave(const char* magic, std::uint64_t longSize, std::uint64_t dataSize) {
    const QByteArray sizes = little(longSize + 72, 8) + little(longSize, 8) + little(0, 8) + little(0, 4);
    return magic + little(0xFFFFFFFF, 4) + "WAVE" + chunk("ds64", sizes) + chunk("fmt ", waveFormat()) +
           "data" + little(dataSize, 4) + samples();
}

QByteArray wave64(std::uint64_t dataSize) {
    const QByteArray tail = QByteArray::fromHex("f3acd3118cd100c04f8edb8a");
    return "riff" + QByteArray::fromHex("2e91cf11a5d628db04c10000") + little(0, 8) + "wave" + tail + "fmt " +
           tail + little(24 + 16, 8) + waveFormat() + "data" + tail + little(dataSize, 8) + samples();
}

QByteArray aiff(std::uint64_t samplesSize) {
    const QByteArray rate = QByteArray::fromHex("400eac44000000000000"); // 44100 as an 80-bit float
    const QByteArray description = big(2, 2) + big(0x1FC00000, 4) + big(16, 2) + rate;
    return "FORM" + big(samplesSize + 46, 4) + "AIFF" + "COMM" + big(18, 4) + description + "SSND" +
           big(samplesSize, 4) + QByteArray(8, '\0') + samples();
}

QByteArray au(std::uint64_t dataSize) {
    return ".snd" + big(24, 4) + big(dataSize, 4) + big(3, 4) + big(44100, 4) + big(2, 4) + samples();
}

/// @param flags 2: first page of a stream, 4: last page
QByteArray oggPage(char flags) {
    return QByteArray("OggS\0", 5) + flags + QByteArray(20, '\0') + QByteArray("\1\4page", 6);
}

QByteArray caf(std::uint64_t dataSize) {
    const QByteArray rate = QByteArray::fromHex("40e5888000000000"); // 44100 as a double
    const QByteArray description = rate + "lpcm" + big(0, 4) + big(4, 4) + big(1, 4) + big(2, 4) + big(16, 4);
    return "caff" + big(1, 2) + big(0, 2) + "desc" + big(32, 8) + description + "data" + big(dataSize, 8) +
           big(0, 4) + samples();
}

} // namespace

class TestAudioLength : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    fs::path path(const std::string& name) const { return fs::path(folder_.path().toStdString()) / name; }
    fs::path written(const QByteArray& bytes, const std::string& name = "audio") const {
        test::writeBytes(path(name), bytes);
        return path(name);
    }

    QByteArray flac() const {
        AudioSpec spec;
        spec.container = AudioContainer::Flac;
        spec.encoding = SampleEncoding::Pcm16;
        writeAudio(path("made.flac"), test::noise(2, frames, 1), spec);
        return test::readBytes(path("made.flac"));
    }
    /// A FLAC file whose header claims another length.
    QByteArray flac(std::uint64_t claimed) const {
        QByteArray bytes = flac();
        bytes[21] = static_cast<char>((bytes[21] & 0xF0) | static_cast<int>(claimed >> 32));
        return bytes.replace(22, 4, big(claimed, 4));
    }
    static QByteArray mpeg(const char* name) {
        return test::readBytes(fs::path(HEADROOM_TEST_DATA) / "mpeg" / name);
    }
    /// Removes the first frame, which is the info frame.
    static QByteArray withoutInfo(const QByteArray& file) { return file.mid(file.indexOf(file.left(2), 2)); }

    void expectRejected(const QByteArray& bytes, const std::string& what) {
        const fs::path file = written(bytes, "refused");
        const std::string message = errorOf([&] { test::readAudio(file); });
        QVERIFY2(message.find(what) != std::string::npos, message.c_str());
        QVERIFY2(message.find(file.string()) != std::string::npos, message.c_str());
    }

private Q_SLOTS:
    void readsEverything_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("notice");
        const std::uint64_t size = 4 * frames;
        const QString noLength = "has no length";
        const QString wrongLength = "its header claims";
        QTest::newRow("correct") << wave(size) << "";
        for (const std::uint64_t placeholder :
             {0x7FFFF000U, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFDBU, 0xFFFFFFFFU, 0xFFFFF000U, 0U})
            QTest::addRow("WAV of %llx", static_cast<unsigned long long>(placeholder))
                << wave(placeholder) << noLength;
        QTest::newRow("WAV that claims half") << wave(size / 2) << wrongLength;
        QTest::newRow("silence in a pipe") << wave(0, QByteArray(4 * frames, '\0')) << noLength;
        QTest::newRow("followed by a chunk") << wave(size, samples(), chunk("LIST", "INFOabcd")) << "";
        QTest::newRow("followed by a tag") << wave(size, samples(), "TAG" + QByteArray(125, ' ')) << "";
        QTest::newRow("followed by zeros") << wave(size, samples(), QByteArray(10000, '\0')) << "";
        QTest::newRow("followed by garbage") << wave(size, samples(), QByteArray(1000, '\x91')) << "";
        QTest::newRow("a long list before the samples")
            << waveWithChunks(chunk("LIST", "INFO" + QByteArray(393000, 'a'))) << "";
        QTest::newRow("odd chunks with padding before the samples")
            << waveWithChunks(chunk("bext", QByteArray(603, 'b')) + '\0' + chunk("iXML", "<a/>\n") + '\0')
            << "";
        QTest::newRow("RIFX") << bigEndianWave() << "";
        QTest::newRow("RF64") << longWave("RF64", size, 0xFFFFFFFF) << "";
        QTest::newRow("RF64 with a wrong short size") << longWave("RF64", size, 0x00FFFFFF) << "";
        QTest::newRow("RF64 from a pipe") << longWave("RF64", 0, 0xFFFFFFFF) << noLength;
        QTest::newRow("RF64 that claims half") << longWave("RF64", size / 2, 0xFFFFFFFF) << wrongLength;
        QTest::newRow("BW64") << longWave("BW64", size, 0xFFFFFFFF) << "";
        QTest::newRow("BW64 with a short size") << longWave("BW64", size, size) << "";
        QTest::newRow("Wave64") << wave64(size + 24) << "";
        QTest::newRow("Wave64 from a pipe") << wave64(0x7FFFFFFFFFFFFFFF) << noLength;
        QTest::newRow("AIFF from sox in a pipe") << aiff(0x7F000008) << noLength;
        QTest::newRow("AIFF from ffmpeg in a pipe") << aiff(0) << noLength;
        QTest::newRow("AU from a pipe") << au(0xFFFFFFFF) << noLength;
        QTest::newRow("CAF from a pipe") << caf(~std::uint64_t{0}) << noLength;
        QTest::newRow("CAF") << caf(size + 4) << "";
        QTest::newRow("FLAC") << flac() << "";
        QTest::newRow("FLAC from a pipe") << flac(0) << noLength;
        QTest::newRow("FLAC that claims half") << flac(frames / 2) << wrongLength;
        QTest::newRow("FLAC that claims one less") << flac(frames - 1) << "";
        QTest::newRow("FLAC from a pipe, followed by garbage")
            << flac(0) + QByteArray(100000, '\x11') << noLength;
    }
    void readsEverything() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, notice);
        const fs::path file = written(bytes);
        AudioReader reader(file);
        QCOMPARE(reader.info().frames, frames);
        const AudioBuffer whole = reader.read(frames);
        QCOMPARE(whole.frames(), frames);
        QVERIFY(reader.read(1).frames() == 0);
        const auto actual = QString::fromStdString(reader.info().notice);
        QVERIFY2(notice.isEmpty() ? actual.isEmpty() : actual.contains(notice), qPrintable(actual));
        for (const std::int64_t first : {frames - 1, frames / 2, std::int64_t{0}, frames - 5000}) {
            reader.seek(first);
            const AudioBuffer part = reader.read(100);
            for (std::int64_t i = 0; i < part.frames(); ++i)
                QCOMPARE(part.channel(1)[i], whole.channel(1)[first + i]);
        }
    }

    void rejectsTruncatedAndJoinedFiles_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("what");
        const std::uint64_t more = 4 * frames + 4000;
        QTest::newRow("WAV") << wave(more) << "truncated";
        QTest::newRow("WAV of 256 MiB") << wave(0x10000000) << "truncated";
        QTest::newRow("RF64") << longWave("RF64", more, 0xFFFFFFFF) << "truncated";
        QTest::newRow("BW64") << longWave("BW64", more, 0xFFFFFFFF) << "truncated";
        QTest::newRow("Wave64") << wave64(more) << "truncated";
        QTest::newRow("AIFF") << aiff(more) << "truncated";
        QTest::newRow("AU") << au(more) << "truncated";
        QTest::newRow("CAF") << caf(more) << "truncated";
        QTest::newRow("FLAC") << flac().left(flac().size() / 2) << "truncated";
        QTest::newRow("FLAC that claims one more") << flac(frames + 1) << "truncated";
        QTest::newRow("FLAC that claims the maximum") << flac(0xFFFFFFFFF) << "damaged";
        QTest::newRow("MP3") << mpeg("variable.mp3").left(1500) << "truncated";
        QTest::newRow("joined WAV") << wave(4 * frames) + wave(4 * frames) << "joined";
        const QByteArray mono = mpeg("constant.mp3");
        QTest::newRow("MP3 of different files")
            << mono + QByteArray(mono).replace("\xff\xe3\x18\xc4", "\xff\xe3\x18\x04") << "joined";
        QTest::newRow("joined Ogg") << oggPage(2) + oggPage(0) + oggPage(4) + oggPage(2) + oggPage(4)
                                    << "joined";
        QTest::newRow("joined FLAC") << flac() + flac() << "joined";
        QTest::newRow("joined FLAC from pipes") << flac(0) + flac(0) << "joined";
    }
    void rejectsTruncatedAndJoinedFiles() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, what);
        expectRejected(bytes, what.toStdString());
    }

    void readsSizesBeyond32Bits_data() {
        QTest::addColumn<std::uint64_t>("claimed");
        QTest::newRow("maximum") << std::uint64_t{0xFFFFFFFF};
        QTest::newRow("wrapped around") << (std::uint64_t{4'400'000'000} & 0xFFFFFFFF);
        QTest::newRow("2 GiB") << std::uint64_t{0x7FFFF000};
        QTest::newRow("zero") << std::uint64_t{0};
    }
    void readsSizesBeyond32Bits() {
        QFETCH(std::uint64_t, claimed);
        constexpr std::uint64_t bytes = 4'400'000'000;
        const QByteArray head = wave(claimed, {});
        const fs::path file = written(head);
        // The hole in the sparse file takes no disk space.
        fs::resize_file(file, std::uint64_t(head.size()) + bytes - 4);
        std::ofstream(file, std::ios::binary | std::ios::app).write("\x00\x40\x00\x40", 4);
        AudioReader reader(file);
        QCOMPARE(reader.info().frames, std::int64_t(bytes / 4));
        QVERIFY(!reader.info().notice.empty());
        reader.seek(reader.info().frames - 1);
        QCOMPARE(reader.read(1).channel(1)[0], 0.5F);
        fs::remove(file);
    }

    void countsMpegFrames() {
        const QByteArray constant = mpeg("constant.mp3");
        constexpr std::int64_t perFrame = 576;
        constexpr std::int64_t frameBytes = 72; // 72 * bit rate / sample rate, both 8000 here
        const std::int64_t counted = constant.size() / frameBytes * perFrame;
        QCOMPARE(AudioReader(written(constant, "constant")).info().frames, counted);
        QCOMPARE(AudioReader(written(constant + "TAG" + QByteArray(125, '\0'), "id3v1")).info().frames,
                 counted);
        QCOMPARE(AudioReader(written(constant + constant, "joined")).info().frames, 2 * counted);
        const QByteArray tag = QByteArray("ID3\3\0\0\0\0\1\0", 10) + QByteArray(128, '\0');
        QCOMPARE(AudioReader(written(tag + constant + tag + constant, "tags")).info().frames, 2 * counted);

        const QByteArray variable = mpeg("variable.mp3");
        const auto claimed = qFromBigEndian<quint32>(variable.constData() + variable.indexOf("Xing") + 8);
        QCOMPARE(AudioReader(written(variable, "variable")).info().frames, 12000);
        QCOMPARE(AudioReader(written(withoutInfo(variable), "bare")).info().frames, claimed * perFrame);
        // The info frame of the first file states only its own 23 MPEG frames.
        const AudioReader joined(written(variable + variable, "joined with counts"));
        QVERIFY(joined.info().frames > 2 * 12000);
        QVERIFY(joined.info().notice.find("1.7 s") != std::string::npos);
    }

    void ignoresAWrongMpegFrameCount() {
        for (const std::uint64_t claimed : {1, 5000}) {
            QByteArray variable = mpeg("variable.mp3");
            variable.replace(variable.indexOf("Xing") + 8, 4, big(claimed, 4));
            AudioReader reader(written(variable, "wrong" + std::to_string(claimed)));
            QVERIFY(reader.info().frames >= 12000);
            QVERIFY(reader.info().frames < 24 * 576);
            QCOMPARE(reader.read(100000).frames(), reader.info().frames);
            QVERIFY(!reader.info().notice.empty());
        }
    }

    void mpegWithoutInfoFrameKeepsItsTiming() {
        AudioReader with(written(mpeg("variable.mp3"), "with"));
        AudioReader without(written(withoutInfo(mpeg("variable.mp3")), "without"));
        const AudioBuffer trimmed = with.read(12000);
        const AudioBuffer whole = without.read(without.info().frames);
        // 1105 samples: the encoder delay of 576 and the decoder delay of 529.
        for (std::int64_t i = 0; i < trimmed.frames(); ++i)
            QVERIFY(std::abs(trimmed.channel(0)[i] - whole.channel(0)[i + 1105]) < 1e-5F);
        for (const std::int64_t first : {11000, 300, 6000, 0}) {
            with.seek(first);
            const AudioBuffer part = with.read(500);
            for (std::int64_t i = 0; i < part.frames(); ++i)
                QVERIFY(std::abs(part.channel(0)[i] - trimmed.channel(0)[first + i]) < 1e-5F);
        }
    }

    void rejectsImplausibleSampleRates() {
        for (const std::uint64_t rate : {1, 4, 999, 2000000}) {
            QByteArray bytes = wave(4 * frames);
            bytes.replace(24, 4, little(rate, 4));
            expectRejected(bytes, "sample rate");
        }
    }

    void countsAChangedFileAgain() {
        const fs::path file = written(flac(0), "changing.flac");
        QCOMPARE(AudioReader(file).info().frames, frames);
        const QByteArray half = flac(0).left(flac(0).size() / 2);
        test::writeBytes(file, half);
        QVERIFY(AudioReader(file).info().frames < frames);
    }
};

HEADROOM_TEST_MAIN(TestAudioLength)
#include "tst_audio_length.moc"
