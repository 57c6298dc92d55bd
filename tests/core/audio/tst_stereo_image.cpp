// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/stereo_image.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <cmath>

using namespace headroom;

class TestStereoImage : public QObject {
    Q_OBJECT

    static AudioBuffer testAudio(int channels = 2) {
        AudioBuffer buffer(channels, 50);
        for (std::size_t i = 0; i < buffer.samples().size(); ++i)
            buffer.samples()[i] = static_cast<float>((i * 37 % 101) / 101.0 - 0.5);
        return buffer;
    }
    static AudioBuffer changed(const StereoImage& image) {
        AudioBuffer result = testAudio();
        image.apply(result);
        return result;
    }

private Q_SLOTS:
    void defaultChangesNothing() {
        QVERIFY(std::ranges::equal(changed({}).samples(), testAudio().samples()));
    }

    void monoIsUnchanged() {
        AudioBuffer mono = testAudio(1);
        StereoImage{0, 0.5, 1, 3}.apply(mono);
        QVERIFY(std::ranges::equal(mono.samples(), testAudio(1).samples()));
    }

    void widthScalesSideAndKeepsMid() {
        const AudioBuffer before = testAudio();
        for (const double width : {0.0, 0.5, 1.5}) {
            const AudioBuffer after = changed({width, 0, 0, 0});
            for (int i = 0; i < 50; ++i) {
                const float left = before.channel(0)[i];
                const float right = before.channel(1)[i];
                QVERIFY(std::abs(after.channel(0)[i] + after.channel(1)[i] - (left + right)) < 1e-6F);
                QVERIFY(std::abs(after.channel(0)[i] - after.channel(1)[i] -
                                 static_cast<float>(width) * (left - right)) < 1e-6F);
            }
        }
    }

    void balanceScalesEachChannel() {
        const AudioBuffer before = testAudio();
        const AudioBuffer after = changed({1, -0.25, 0, 0});
        for (int i = 0; i < 50; ++i) {
            QVERIFY(std::abs(after.channel(0)[i] - 0.75F * before.channel(0)[i]) < 1e-6F);
            QVERIFY(std::abs(after.channel(1)[i] - 1.25F * before.channel(1)[i]) < 1e-6F);
        }
    }

    void echoAddsDelayedMidToSide() {
        const AudioBuffer before = testAudio();
        const AudioBuffer after = changed({1, 0, 0.5, 7});
        for (int i = 0; i < 50; ++i) {
            const float late = i < 7 ? 0 : (before.channel(0)[i - 7] + before.channel(1)[i - 7]) / 2;
            QVERIFY(std::abs(after.channel(0)[i] - before.channel(0)[i] - 0.5F * late) < 1e-6F);
            QVERIFY(std::abs(after.channel(1)[i] - before.channel(1)[i] + 0.5F * late) < 1e-6F);
        }
    }

    void delayBeyondTheEndAddsNothing() {
        QVERIFY(std::ranges::equal(changed({1, 0, 0.5, 60}).samples(), testAudio().samples(),
                                   [](float a, float b) { return std::abs(a - b) < 1e-6F; }));
    }
};

HEADROOM_TEST_MAIN(TestStereoImage)
#include "tst_stereo_image.moc"
