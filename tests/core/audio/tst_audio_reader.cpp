// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "tests/support/bad_files.h"
#include "tests/support/libsndfile_writer.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <vector>

using namespace headroom;
using headroom::test::errorOf;
using headroom::test::writeByLibsndfile;
namespace fs = std::filesystem;

class TestAudioReader : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    fs::path path(const std::string& name) const { return fs::path(folder_.path().toStdString()) / name; }

    fs::path written(const std::string& name, AudioContainer container) const {
        AudioSpec spec;
        spec.container = container;
        spec.encoding = SampleEncoding::Pcm16;
        writeAudio(path(name), test::noise(2, 60000, 1), spec);
        return path(name);
    }

    void expectError(const fs::path& file, const std::string& what) {
        const std::string message = errorOf([&] { test::readAudio(file); });
        QVERIFY2(message.find(what) != std::string::npos, message.c_str());
        QVERIFY2(message.find(file.string()) != std::string::npos, message.c_str());
    }

private Q_SLOTS:
    void reportsFormatAndLength() {
        const AudioReader reader(written("info.flac", AudioContainer::Flac));
        QCOMPARE(reader.info().sampleRate, 44100);
        QCOMPARE(reader.info().channels, 2);
        QCOMPARE(reader.info().frames, 60000);
        QCOMPARE(reader.info().container, std::string("FLAC"));
        QCOMPARE(reader.info().encoding, std::string("PCM_16"));
    }

    void seeksExactly_data() {
        QTest::addColumn<int>("container");
        QTest::newRow("wav") << static_cast<int>(AudioContainer::Wav);
        QTest::newRow("flac") << static_cast<int>(AudioContainer::Flac);
    }
    void seeksExactly() {
        QFETCH(int, container);
        const fs::path file = written("seek", static_cast<AudioContainer>(container));
        const AudioBuffer whole = test::readAudio(file);
        AudioReader reader(file);
        for (std::int64_t first : {0, 59999, 12345, 4096, 60000, 40000}) {
            reader.seek(first);
            const AudioBuffer part = reader.read(20000);
            QCOMPARE(part.frames(), std::min<std::int64_t>(20000, 60000 - first));
            QCOMPARE(reader.position(), first + part.frames());
            for (int c = 0; c < 2; ++c) {
                const auto expected = whole.channel(c).subspan(first, part.frames());
                QVERIFY(std::ranges::equal(part.channel(c), expected));
            }
        }
    }

    void readsEverySampleFormat_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<double>("step");
        QTest::newRow("wav u8") << (SF_FORMAT_WAV | SF_FORMAT_PCM_U8) << 1.0 / 128;
        QTest::newRow("wav 16") << (SF_FORMAT_WAV | SF_FORMAT_PCM_16) << 1.0 / 32768;
        QTest::newRow("wav 24") << (SF_FORMAT_WAV | SF_FORMAT_PCM_24) << 1.0 / 8388608;
        QTest::newRow("wavex 24") << (SF_FORMAT_WAVEX | SF_FORMAT_PCM_24) << 1.0 / 8388608;
        QTest::newRow("wav 32") << (SF_FORMAT_WAV | SF_FORMAT_PCM_32) << 1e-7;
        QTest::newRow("wav float") << (SF_FORMAT_WAV | SF_FORMAT_FLOAT) << 1e-9;
        QTest::newRow("wav double") << (SF_FORMAT_WAV | SF_FORMAT_DOUBLE) << 1e-7;
        QTest::newRow("rf64 16") << (SF_FORMAT_RF64 | SF_FORMAT_PCM_16) << 1.0 / 32768;
        QTest::newRow("aiff 24") << (SF_FORMAT_AIFF | SF_FORMAT_PCM_24) << 1.0 / 8388608;
        QTest::newRow("aiff 16, little-endian")
            << (SF_FORMAT_AIFF | SF_FORMAT_PCM_16 | SF_ENDIAN_LITTLE) << 1.0 / 32768;
        QTest::newRow("wav 16, big-endian")
            << (SF_FORMAT_WAV | SF_FORMAT_PCM_16 | SF_ENDIAN_BIG) << 1.0 / 32768;
        QTest::newRow("flac 24") << (SF_FORMAT_FLAC | SF_FORMAT_PCM_24) << 1.0 / 8388608;
    }
    void readsEverySampleFormat() {
        QFETCH(int, format);
        QFETCH(double, step);
        const AudioBuffer audio = test::sine(1, 1000, 440);
        QVERIFY(writeByLibsndfile(path("kind"), audio, format));
        const AudioBuffer read = test::readAudio(path("kind"));
        QCOMPARE(read.frames(), audio.frames());
        for (std::int64_t i = 0; i < audio.frames(); ++i)
            QVERIFY(std::abs(read.channel(0)[i] - audio.channel(0)[i]) <= 1.01 * step);
    }

    void readsOggAndReportsItsMissingEnd_data() {
        QTest::addColumn<int>("format");
        QTest::newRow("vorbis") << test::vorbisFormat;
        QTest::newRow("opus") << test::opusFormat;
    }
    void readsOggAndReportsItsMissingEnd() {
        QFETCH(int, format);
        const AudioBuffer audio = test::sine(1, 240000, 440);
        if (!writeByLibsndfile(path("song.ogg"), audio, format))
            QSKIP("this libsndfile does not write the format");
        const AudioBuffer read = test::readAudio(path("song.ogg"));
        QCOMPARE(read.frames(), audio.frames());
        for (std::int64_t i = 10000; i < 20000; ++i)
            QVERIFY(std::abs(read.channel(0)[i] - audio.channel(0)[i]) < 0.1F);
        const QByteArray bytes = test::readBytes(path("song.ogg"));
        fs::resize_file(path("song.ogg"), bytes.lastIndexOf("OggS")); // between two pages
        expectError(path("song.ogg"), "truncated");
        fs::resize_file(path("song.ogg"), bytes.size() / 2);
        expectError(path("song.ogg"), "truncated");
    }

    /// Silence, whose frames are tiny, before noise, whose first frames are not; the length is not a multiple
    /// of a page or frame.
    void seeksExactlyInCompressedFiles_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("rate");
        for (const int rate : {48000, 24000}) {
            QTest::addRow("MP3, %d Hz", rate) << test::mp3Format << rate;
            QTest::addRow("Vorbis, %d Hz", rate) << test::vorbisFormat << rate;
            QTest::addRow("Opus, %d Hz", rate) << test::opusFormat << rate;
        }
    }
    void seeksExactlyInCompressedFiles() {
        QFETCH(int, format);
        QFETCH(int, rate);
        constexpr std::int64_t frames = 400123;
        AudioBuffer audio = test::noise(1, frames, 1, 0.3F);
        std::ranges::fill(audio.channel(0).subspan(100000, 100000), 0.0F);
        if (!writeByLibsndfile(path("song"), audio, format, rate))
            QSKIP("this libsndfile does not write the format");
        const AudioBuffer whole = test::readAudio(path("song"));
        QCOMPARE(whole.frames(), frames); // the silence that the encoder added is removed
        AudioReader reader(path("song"));
        std::vector<std::int64_t> firsts = {frames - 1, 0, 1, 500, frames - 3000};
        for (std::int64_t first = 300; first < frames; first += 5003) // near and far, forward and backward
            firsts.insert(firsts.end(), {first, (first * 7919) % frames});
        for (const std::int64_t first : firsts) {
            reader.seek(first);
            const AudioBuffer part = reader.read(2000);
            for (std::int64_t i = 0; i < part.frames(); ++i)
                QVERIFY2(std::abs(part.channel(0)[i] - whole.channel(0)[first + i]) < 1e-6F,
                         qPrintable(QString("frame %1 after a seek to %2").arg(i).arg(first)));
        }
    }

    void opensFilesWithNamesInAnyScript() {
        for (const char* name : {"한글 노래.wav", "שיר.wav", "🎧🎤.wav", "a\"b'c $d.wav"})
            QCOMPARE(AudioReader(written(name, AudioContainer::Wav)).info().frames, 60000);
    }

    void rejectsInvalidFiles() {
        expectError(path("missing.wav"), "no such file");
        fs::create_directory(path("folder.wav"));
        expectError(path("folder.wav"), "folder");
        test::writeBytes(path("empty.wav"), {});
        expectError(path("empty.wav"), "empty");
        test::writeBytes(path("text.wav"), "Dear diary, today I recorded nothing.\n");
        expectError(path("text.wav"), "unsupported or damaged audio file (Format not recognised).");
        AudioSpec nothing;
        writeAudio(path("nothing.wav"), AudioBuffer(2, 0), nothing);
        expectError(path("nothing.wav"), "no samples");
    }

    void rejectsTruncatedFiles() {
        for (double share : {0.5, 0.999, 0.001}) {
            const fs::path wav = written("short.wav", AudioContainer::Wav);
            test::truncate(wav, share);
            const std::string message = errorOf([&] { AudioReader reader(wav); });
            QVERIFY2(message.find("short.wav") != std::string::npos, message.c_str());
        }
        const fs::path flac = written("short.flac", AudioContainer::Flac);
        test::truncate(flac, 0.5);
        expectError(flac, "truncated");
        QVERIFY(!errorOf([&] {
                     AudioReader reader(flac);
                     reader.seek(59000);
                     reader.read(100);
                 }).empty());
    }

    void rejectsZeroChannels() {
        const fs::path file = written("zero.wav", AudioContainer::Wav);
        QByteArray bytes = test::readBytes(file);
        bytes[22] = 0; // fmt chunk: channels
        test::writeBytes(file, bytes);
        expectError(file, "unsupported or damaged audio file");
    }

    void readsFilesWithoutALength() {
        // As written to a pipe.
        const fs::path file = written("pipe.wav", AudioContainer::Wav);
        QByteArray bytes = test::readBytes(file);
        const qsizetype data = bytes.indexOf("data");
        bytes.replace(data + 4, 4, QByteArray(4, '\xff'));
        test::writeBytes(file, bytes);
        QCOMPARE(AudioReader(file).info().frames, 60000);
    }

    void findsDamageInsideFlac() {
        const fs::path file = written("damaged.flac", AudioContainer::Flac);
        QByteArray bytes = test::readBytes(file);
        for (qsizetype i = bytes.size() / 2; i < bytes.size() / 2 + 2000; ++i)
            bytes[i] = static_cast<char>(bytes[i] ^ 0x5a);
        test::writeBytes(file, bytes);
        expectError(file, "damaged");
    }
};

HEADROOM_TEST_MAIN(TestAudioReader)
#include "tst_audio_reader.moc"
