// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/audio/resampler.h"
#include "tests/support/bad_files.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <QTemporaryDir>

#include <cmath>
#include <filesystem>

using namespace headroom;
namespace fs = std::filesystem;

class TestAudioFile : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    fs::path path(const std::string& name) const { return fs::path(folder_.path().toStdString()) / name; }

private Q_SLOTS:
    void convertsChannels() {
        const AudioBuffer mono = test::noise(1, 100, 1);
        const AudioBuffer stereo = withChannels(mono, 2, "here");
        QCOMPARE(stereo.channels(), 2);
        QVERIFY(std::ranges::equal(stereo.channel(0), mono.channel(0)));
        QVERIFY(std::ranges::equal(stereo.channel(1), mono.channel(0)));

        const AudioBuffer noise = test::noise(2, 100, 2);
        QVERIFY(std::ranges::equal(withChannels(noise, 2, "here").samples(), noise.samples()));
        QCOMPARE(withChannels(noise, 1, "here").channel(0)[7],
                 0.5F * (noise.channel(0)[7] + noise.channel(1)[7]));
        QVERIFY(!test::errorOf([&] { withChannels(AudioBuffer(6, 10), 2, "here"); }).empty());
    }

    void rangesMatchTheWholeFile_data() {
        QTest::addColumn<int>("fileRate");
        for (int rate : {44100, 48000, 22050, 96000, 8000, 44101})
            QTest::addRow("%d Hz", rate) << rate;
    }
    void rangesMatchTheWholeFile() {
        QFETCH(int, fileRate);
        AudioSpec spec;
        spec.sampleRate = fileRate;
        writeAudio(path("song.wav"), test::noise(2, 3LL * fileRate, 5), spec);
        const AudioBuffer whole = test::readAudio(path("song.wav"), 44100, 2);
        QCOMPARE(whole.frames(), Resampler::outputFrames(3LL * fileRate, fileRate, 44100));
        for (std::int64_t first : {0LL, 1LL, 30000LL, 77777LL, 3 * 44100LL - 1000, 3 * 44100LL, 999999LL}) {
            const AudioBuffer part = readAudioRange(path("song.wav"), 44100, 2, first, 5000);
            QCOMPARE(part.frames(), 5000);
            for (std::int64_t i = 0; i < part.frames(); ++i) {
                const bool inside = first + i < whole.frames();
                const float expected = inside ? whole.channel(1)[first + i] : 0.0F;
                const double tolerance = inside && fileRate != 44100 ? 3e-6 : 0;
                QVERIFY2(std::abs(part.channel(1)[i] - expected) <= tolerance,
                         qPrintable(QString("frame %1 + %2").arg(first).arg(i)));
            }
        }
    }
};

HEADROOM_TEST_MAIN(TestAudioFile)
#include "tst_audio_file.moc"
