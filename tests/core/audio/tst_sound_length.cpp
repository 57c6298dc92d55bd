#include "core/audio/audio_file.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <QTemporaryDir>
#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

using namespace headroom;
using headroom::test::errorOf;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t frames = 30000; ///< of the files written here: 16-bit stereo, 44.1 kHz

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

QByteArray wave(std::uint64_t dataSize, const QByteArray& sound = samples(), const QByteArray& behind = {}) {
    return "RIFF" + little(dataSize + 36, 4) + "WAVE" + chunk("fmt ", waveFormat()) + "data" +
           little(dataSize, 4) + sound + behind;
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

QByteArray aiff(std::uint64_t soundSize) {
    const QByteArray rate = QByteArray::fromHex("400eac44000000000000"); // 44100 as an 80-bit float
    const QByteArray description = big(2, 2) + big(0x1FC00000, 4) + big(16, 2) + rate;
    return "FORM" + big(soundSize + 46, 4) + "AIFF" + "COMM" + big(18, 4) + description + "SSND" +
           big(soundSize, 4) + QByteArray(8, '\0') + samples();
}

QByteArray au(std::uint64_t dataSize) {
    return ".snd" + big(24, 4) + big(dataSize, 4) + big(3, 4) + big(44100, 4) + big(2, 4) + samples();
}

/// @param flags 2: the first of its stream, 4: the last
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

class TestSoundLength : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    fs::path path(const std::string& name) const { return fs::path(folder_.path().toStdString()) / name; }
    fs::path written(const QByteArray& bytes, const std::string& name = "sound") const {
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
    /// With another length in its header, of which the lower 32 bits are in four bytes.
    QByteArray flac(std::uint64_t claimed) const {
        QByteArray bytes = flac();
        bytes[21] = static_cast<char>((bytes[21] & 0xF0) | static_cast<int>(claimed >> 32));
        return bytes.replace(22, 4, big(claimed, 4));
    }
    static QByteArray mpeg(const char* name) {
        return test::readBytes(fs::path(HEADROOM_TEST_DATA) / "mpeg" / name);
    }
    /// Without the first frame, which describes the others.
    static QByteArray withoutInfo(const QByteArray& file) { return file.mid(file.indexOf(file.left(2), 2)); }

    void expectRefused(const QByteArray& bytes, const std::string& what) {
        const fs::path file = written(bytes, "refused");
        const std::string message = errorOf([&] { readAudio(file); });
        QVERIFY2(message.find(what) != std::string::npos, message.c_str());
        QVERIFY2(message.find(file.string()) != std::string::npos, message.c_str());
    }

private Q_SLOTS:
    void allThatIsThereIsRead_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("notice");
        const std::uint64_t size = 4 * frames;
        const QString silent = "does not say how long";
        const QString wrong = "says that it lasts";
        QTest::newRow("right") << wave(size) << "";
        for (const std::uint64_t placeholder :
             {0x7FFFF000U, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFDBU, 0xFFFFFFFFU, 0xFFFFF000U, 0U})
            QTest::addRow("WAV of %llx", static_cast<unsigned long long>(placeholder))
                << wave(placeholder) << silent;
        QTest::newRow("WAV that claims half") << wave(size / 2) << wrong;
        QTest::newRow("silence in a pipe") << wave(0, QByteArray(4 * frames, '\0')) << silent;
        QTest::newRow("a chunk behind") << wave(size, samples(), chunk("LIST", "INFOabcd")) << "";
        QTest::newRow("a tag behind") << wave(size, samples(), "TAG" + QByteArray(125, ' ')) << "";
        QTest::newRow("zeros behind") << wave(size, samples(), QByteArray(10000, '\0')) << "";
        QTest::newRow("rubbish behind") << wave(size, samples(), QByteArray(1000, '\x91')) << "";
        QTest::newRow("RF64") << longWave("RF64", size, 0xFFFFFFFF) << "";
        QTest::newRow("RF64 with a wrong short size") << longWave("RF64", size, 0x00FFFFFF) << "";
        QTest::newRow("RF64 from a pipe") << longWave("RF64", 0, 0xFFFFFFFF) << silent;
        QTest::newRow("RF64 that claims half") << longWave("RF64", size / 2, 0xFFFFFFFF) << wrong;
        QTest::newRow("BW64") << longWave("BW64", size, 0xFFFFFFFF) << "";
        QTest::newRow("BW64 with a short size") << longWave("BW64", size, size) << "";
        QTest::newRow("Wave64") << wave64(size + 24) << "";
        QTest::newRow("Wave64 from a pipe") << wave64(0x7FFFFFFFFFFFFFFF) << silent;
        QTest::newRow("AIFF from sox in a pipe") << aiff(0x7F000008) << silent;
        QTest::newRow("AIFF from ffmpeg in a pipe") << aiff(0) << silent;
        QTest::newRow("AU from a pipe") << au(0xFFFFFFFF) << silent;
        QTest::newRow("CAF from a pipe") << caf(~std::uint64_t{0}) << silent;
        QTest::newRow("CAF") << caf(size + 4) << "";
        QTest::newRow("FLAC") << flac() << "";
        QTest::newRow("FLAC from a pipe") << flac(0) << silent;
        QTest::newRow("FLAC that claims half") << flac(frames / 2) << wrong;
        QTest::newRow("FLAC that claims one less") << flac(frames - 1) << "";
        QTest::newRow("FLAC from a pipe, rubbish behind") << flac(0) + QByteArray(100000, '\x11') << silent;
    }
    void allThatIsThereIsRead() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, notice);
        const fs::path file = written(bytes);
        AudioReader reader(file);
        QCOMPARE(reader.info().frames, frames);
        const AudioBuffer whole = reader.read(frames);
        QCOMPARE(whole.frames(), frames);
        QVERIFY(reader.read(1).frames() == 0);
        const auto said = QString::fromStdString(reader.info().notice);
        QVERIFY2(notice.isEmpty() ? said.isEmpty() : said.contains(notice), qPrintable(said));
        for (const std::int64_t first : {frames - 1, frames / 2, std::int64_t{0}, frames - 5000}) {
            reader.seek(first);
            const AudioBuffer part = reader.read(100);
            for (std::int64_t i = 0; i < part.frames(); ++i)
                QCOMPARE(part.channel(1)[i], whole.channel(1)[first + i]);
        }
    }

    void whatIsCutShortIsRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("what");
        const std::uint64_t more = 4 * frames + 4000;
        QTest::newRow("WAV") << wave(more) << "cut short";
        QTest::newRow("WAV of 256 MiB") << wave(0x10000000) << "cut short";
        QTest::newRow("RF64") << longWave("RF64", more, 0xFFFFFFFF) << "cut short";
        QTest::newRow("BW64") << longWave("BW64", more, 0xFFFFFFFF) << "cut short";
        QTest::newRow("Wave64") << wave64(more) << "cut short";
        QTest::newRow("AIFF") << aiff(more) << "cut short";
        QTest::newRow("AU") << au(more) << "cut short";
        QTest::newRow("CAF") << caf(more) << "cut short";
        QTest::newRow("FLAC") << flac().left(flac().size() / 2) << "cut short";
        QTest::newRow("FLAC that claims one more") << flac(frames + 1) << "cut short";
        QTest::newRow("FLAC that claims all there can be") << flac(0xFFFFFFFFF) << "damaged";
        QTest::newRow("MP3") << mpeg("variable.mp3").left(1500) << "cut short";
        QTest::newRow("joined WAV") << wave(4 * frames) + wave(4 * frames) << "joined";
        const QByteArray mono = mpeg("constant.mp3");
        QTest::newRow("MP3 of different files")
            << mono + QByteArray(mono).replace("\xff\xe3\x18\xc4", "\xff\xe3\x18\x04") << "joined";
        QTest::newRow("joined Ogg") << oggPage(2) + oggPage(0) + oggPage(4) + oggPage(2) + oggPage(4)
                                    << "joined";
        QTest::newRow("joined FLAC") << flac() + flac() << "joined";
        QTest::newRow("joined FLAC from pipes") << flac(0) + flac(0) << "joined";
    }
    void whatIsCutShortIsRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, what);
        expectRefused(bytes, what.toStdString());
    }

    void sizesBeyond32BitsAreRead_data() {
        QTest::addColumn<std::uint64_t>("claimed");
        QTest::newRow("as long as it can be") << std::uint64_t{0xFFFFFFFF};
        QTest::newRow("wrapped around") << (std::uint64_t{4'400'000'000} & 0xFFFFFFFF);
        QTest::newRow("2 GiB") << std::uint64_t{0x7FFFF000};
        QTest::newRow("none") << std::uint64_t{0};
    }
    void sizesBeyond32BitsAreRead() {
        QFETCH(std::uint64_t, claimed);
        constexpr std::uint64_t bytes = 4'400'000'000;
        const QByteArray head = wave(claimed, {});
        const fs::path file = written(head);
        // A hole in the file takes no room on the disk.
        fs::resize_file(file, std::uint64_t(head.size()) + bytes - 4);
        std::ofstream(file, std::ios::binary | std::ios::app).write("\x00\x40\x00\x40", 4);
        AudioReader reader(file);
        QCOMPARE(reader.info().frames, std::int64_t(bytes / 4));
        QVERIFY(!reader.info().notice.empty());
        reader.seek(reader.info().frames - 1);
        QCOMPARE(reader.read(1).channel(1)[0], 0.5F);
        fs::remove(file);
    }

    void mpegIsCounted() {
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
        // Of 23 MPEG frames each: the first counts them, and the silence around the sound with them.
        const AudioReader joined(written(variable + variable, "joined with counts"));
        QVERIFY(joined.info().frames > 2 * 12000);
        QVERIFY(joined.info().notice.find("1.7 s") != std::string::npos);
    }

    void aWrongCountInMpegIsNotBelieved() {
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

    void mpegKeepsItsPlaceWithoutACount() {
        AudioReader with(written(mpeg("variable.mp3"), "with"));
        AudioReader without(written(withoutInfo(mpeg("variable.mp3")), "without"));
        const AudioBuffer trimmed = with.read(12000);
        const AudioBuffer whole = without.read(without.info().frames);
        // 1105 samples: the delay of the encoder, 576, and of every decoder, 529.
        for (std::int64_t i = 0; i < trimmed.frames(); ++i)
            QVERIFY(std::abs(trimmed.channel(0)[i] - whole.channel(0)[i + 1105]) < 1e-5F);
        for (const std::int64_t first : {11000, 300, 6000, 0}) {
            with.seek(first);
            const AudioBuffer part = with.read(500);
            for (std::int64_t i = 0; i < part.frames(); ++i)
                QVERIFY(std::abs(part.channel(0)[i] - trimmed.channel(0)[first + i]) < 1e-5F);
        }
    }

    void sampleRatesThatCannotBeAreRefused() {
        for (const std::uint64_t rate : {1, 4, 999, 2000000}) {
            QByteArray bytes = wave(4 * frames);
            bytes.replace(24, 4, little(rate, 4));
            expectRefused(bytes, "sample rate");
        }
    }

    void aChangedFileIsLookedAtAgain() {
        const fs::path file = written(flac(0), "changing.flac");
        QCOMPARE(AudioReader(file).info().frames, frames);
        const QByteArray half = flac(0).left(flac(0).size() / 2);
        test::writeBytes(file, half);
        QVERIFY(AudioReader(file).info().frames < frames);
    }
};

HEADROOM_TEST_MAIN(TestSoundLength)
#include "tst_sound_length.moc"
