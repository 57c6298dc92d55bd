// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_reader.h"
#include "tests/support/bad_files.h"
#include "tests/support/failing_reads.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <QTemporaryDir>
#include <sndfile.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

/// What a reader returns that seeks to the middle, then reads the whole file.
struct Contents {
    AudioInfo info;
    AudioBuffer middle;
    AudioBuffer whole;

    bool operator==(const Contents& other) const {
        return info.frames == other.info.frames && info.sampleRate == other.info.sampleRate &&
               info.channels == other.info.channels && info.notice == other.info.notice &&
               std::ranges::equal(middle.samples(), other.middle.samples()) &&
               std::ranges::equal(whole.samples(), other.whole.samples());
    }
};

Contents read(const fs::path& file) {
    AudioReader reader(file);
    const AudioInfo info = reader.info();
    reader.seek(info.frames / 2);
    AudioBuffer middle = reader.read(1000);
    reader.seek(0);
    return {info, std::move(middle), reader.read(info.frames)};
}

} // namespace

/// A disk that fails once, at every possible read of a file.
class TestReadErrors : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    /// Empty if this libsndfile cannot write the format.
    QByteArray written(int format) const {
        const fs::path file = fs::path(folder_.path().toStdString()) / "written";
        SF_INFO info{0, 44100, 2, format, 0, 0};
        SNDFILE* handle = sf_open(file.c_str(), SFM_WRITE, &info);
        if (handle == nullptr)
            return {};
        const AudioBuffer noise = test::noise(1, 40000, 1);
        sf_writef_float(handle, noise.channel(0).data(), noise.frames() / 2);
        sf_close(handle);
        return test::readBytes(file);
    }

    /// A FLAC file from a pipe: its header has no length.
    QByteArray flacWithoutLength() const {
        QByteArray bytes = written(SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
        bytes[21] = static_cast<char>(bytes[21] & 0xF0);
        return bytes.replace(22, 4, QByteArray(4, '\0'));
    }

private Q_SLOTS:
    void areNotDamage_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("WAV") << written(SF_FORMAT_WAV | SF_FORMAT_PCM_16);
        QTest::newRow("RF64") << written(SF_FORMAT_RF64 | SF_FORMAT_FLOAT);
        QTest::newRow("Wave64") << written(SF_FORMAT_W64 | SF_FORMAT_PCM_24);
        QTest::newRow("AIFF") << written(SF_FORMAT_AIFF | SF_FORMAT_PCM_16);
        QTest::newRow("AU") << written(SF_FORMAT_AU | SF_FORMAT_PCM_16);
        QTest::newRow("CAF") << written(SF_FORMAT_CAF | SF_FORMAT_PCM_16);
        QTest::newRow("FLAC") << written(SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
        QTest::newRow("FLAC without a length") << flacWithoutLength();
        QTest::newRow("Vorbis") << written(SF_FORMAT_OGG | SF_FORMAT_VORBIS);
        for (const char* name : {"constant.mp3", "variable.mp3"})
            QTest::newRow(name) << test::readBytes(fs::path(HEADROOM_TEST_DATA) / "mpeg" / name);
        for (const char* name : {"gapless.m4a", "two_tracks.mkv", "plain.aac"})
            QTest::newRow(name) << test::readBytes(fs::path(HEADROOM_TEST_DATA) / "ffmpeg" / name);
    }
    void areNotDamage() {
        QFETCH(const QByteArray, bytes);
        if (bytes.isEmpty())
            QSKIP("this libsndfile cannot write the format");
        const fs::path file = fs::path(folder_.path().toStdString()) / "audio";
        test::writeBytes(file, bytes);
        const auto changed = fs::last_write_time(file);
        const auto [expected, reads] = [&] {
            const test::FailingReads counted(file);
            Contents contents = read(file);
            return std::pair(std::move(contents), counted.count());
        }();
        QVERIFY(reads > 3);
        for (int failing = 0; failing < reads; ++failing) {
            // A new version of the file: its length has not been determined yet.
            fs::last_write_time(file, changed + std::chrono::seconds(1 + failing));
            std::optional<Error> failure;
            try {
                const test::FailingReads disk(file, failing);
                QVERIFY2(read(file) == expected, qPrintable(QString::number(failing)));
            } catch (const Error& error) {
                failure = error;
            }
            QVERIFY2(failure, qPrintable(QString::number(failing)));
            const std::string message = failure->message();
            QVERIFY2(failure->kind() == ErrorKind::Failure, message.c_str());
            QVERIFY2(message.find("Input/output error") != std::string::npos, message.c_str());
            QCOMPARE(failure->where(), file.string());
            QVERIFY(read(file) == expected);
        }
    }
};

HEADROOM_TEST_MAIN(TestReadErrors)
#include "tst_read_errors.moc"
