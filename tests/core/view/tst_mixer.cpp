// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/mixer.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

using namespace headroom;

namespace {

constexpr int sampleRate = 1000; // 10 ms are 10 frames
constexpr std::int64_t frames = 1000;

/// Audio in blocks of 37 frames; frame k is function(k) on the left and -function(k) on the right.
PlaybackAudio audioOf(const std::function<float(std::int64_t)>& function, std::int64_t length = frames) {
    PlaybackAudio audio;
    while (audio.frames() < length) {
        std::vector<float> samples;
        for (std::int64_t k = audio.frames(); k < std::min(audio.frames() + 37, length); ++k) {
            samples.push_back(function(k));
            samples.push_back(-function(k));
        }
        audio.append(std::make_shared<const std::vector<float>>(std::move(samples)));
    }
    return audio;
}

PlaybackAudio constant(float value, std::int64_t length = frames) {
    return audioOf([value](std::int64_t) { return value; }, length);
}

PlaybackAudio ramp() {
    return audioOf([](std::int64_t k) { return static_cast<float>(k); });
}

Mixer::Voice voice(int lane, const PlaybackAudio& audio, float gain = 1, std::uint64_t source = 0) {
    return {lane, source, {{{audio, 1}}}, gain};
}

/// Left samples of the next frames, rendered in blocks of 7 frames.
std::vector<float> render(Mixer& mixer, std::int64_t count) {
    std::vector<float> left;
    for (std::int64_t done = 0; done < count;) {
        const std::int64_t block = std::min<std::int64_t>(7, count - done);
        std::vector<float> out(static_cast<std::size_t>(2 * block), 99);
        mixer.render(out);
        for (std::int64_t i = 0; i < block; ++i) {
            left.push_back(out[2 * i]);
            if (out[2 * i + 1] != -out[2 * i])
                qFatal("the right channel does not match the left");
        }
        done += block;
    }
    return left;
}

/// A mixer that plays these voices, after its fade-in of 10 frames.
Mixer playing(std::vector<Mixer::Voice> voices) {
    Mixer mixer;
    mixer.setSong(frames, sampleRate);
    mixer.setAvailable(frames);
    mixer.setVoices(std::move(voices));
    mixer.play();
    render(mixer, 10);
    return mixer;
}

float largestStep(const std::vector<float>& samples) {
    float largest = 0;
    for (std::size_t i = 1; i < samples.size(); ++i)
        largest = std::max(largest, std::abs(samples[i] - samples[i - 1]));
    return largest;
}

bool near(float a, float b) {
    return std::abs(a - b) < 1e-3F;
}

} // namespace

class TestMixer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void silencesSamplesThatAreNotFinite() {
        const auto audio = audioOf([](std::int64_t k) {
            using Limits = std::numeric_limits<float>;
            return k == 50 ? Limits::quiet_NaN() : k == 51 ? Limits::infinity() : 0.5F;
        });
        Mixer mixer = playing({voice(0, audio)});
        const std::vector<float> samples = render(mixer, 100);
        QCOMPARE(std::ranges::count(samples, 0.0F), 2);
        QCOMPARE(std::ranges::count(samples, 0.5F), 98);
    }

    void playsEveryFrameOnceAndInSync() {
        Mixer mixer = playing({voice(0, ramp()), voice(1, ramp(), 0.5F)});
        const std::vector<float> samples = render(mixer, 500);
        for (std::size_t i = 0; i < samples.size(); ++i)
            QVERIFY(near(samples[i], 1.5F * static_cast<float>(10 + i)));
        QCOMPARE(mixer.position(), std::int64_t{510});
    }

    void sumsTermsSampleBySample() {
        Mixer mixer = playing({{0, 0, {{{ramp(), 1}, {ramp(), -1}}}, 1}});
        for (const float sample : render(mixer, 200))
            QCOMPARE(sample, 0.0F);
    }

    void fadesInAndOut() {
        Mixer mixer;
        mixer.setSong(frames, sampleRate);
        mixer.setAvailable(frames);
        mixer.setVoices({voice(0, constant(1))});
        mixer.play();
        std::vector<float> samples = render(mixer, 30);
        for (int i = 0; i < 10; ++i)
            QVERIFY(near(samples[i], (static_cast<float>(i) + 0.5F) / 10));
        mixer.stop();
        samples = render(mixer, 30);
        for (int i = 0; i < 10; ++i)
            QVERIFY(near(samples[i], 1 - (static_cast<float>(i) + 0.5F) / 10));
        QCOMPARE(samples[20], 0.0F);
        QVERIFY(mixer.isSilent());
        QCOMPARE(mixer.position(), std::int64_t{30});
    }

    void crossFadesToAnotherSource() {
        Mixer mixer = playing({voice(0, constant(1), 1, 0)});
        mixer.setVoices({voice(0, constant(-0.5F), 1, 1)});
        const std::vector<float> samples = render(mixer, 20);
        for (int i = 0; i < 10; ++i) {
            const float weight = (static_cast<float>(i) + 0.5F) / 10;
            QVERIFY(near(samples[i], 1 - weight - 0.5F * weight));
        }
        for (int i = 10; i < 20; ++i)
            QCOMPARE(samples[i], -0.5F);
    }

    void switchingBetweenEqualAudioIsInaudible() {
        Mixer mixer = playing({voice(0, ramp(), 1, 0)});
        mixer.setVoices({voice(0, ramp(), 1, 1)});
        const std::vector<float> samples = render(mixer, 40);
        for (std::size_t i = 0; i < samples.size(); ++i)
            QVERIFY(near(samples[i], static_cast<float>(10 + i)));
    }

    void seeksWithACrossFade() {
        Mixer mixer = playing({voice(0, ramp())});
        mixer.seek(500);
        const std::vector<float> samples = render(mixer, 20);
        for (int i = 0; i < 10; ++i) {
            const float weight = (static_cast<float>(i) + 0.5F) / 10;
            QVERIFY(near(samples[i],
                         static_cast<float>(10 + i) * (1 - weight) + static_cast<float>(500 + i) * weight));
        }
        QVERIFY(near(samples[15], 515));
    }

    void loopsSampleAccuratelyWithoutClicks() {
        const PlaybackAudio sine =
            audioOf([](std::int64_t k) { return std::sin(0.07F * static_cast<float>(k)); });
        Mixer mixer = playing({voice(0, sine)});
        mixer.setLoop(Mixer::Loop{200, 333});
        mixer.seek(300);
        const std::vector<float> samples = render(mixer, 33 + 133 * 5);
        QCOMPARE(mixer.position(), std::int64_t{333});
        QVERIFY(largestStep(samples) < 0.07F + 2.0F / 10);
        for (int i = 20; i < 133; ++i) // each round is equal after its fade
            QVERIFY(near(samples[33 + i], samples[33 + 3 * 133 + i]));
        render(mixer, 1);
        QCOMPARE(mixer.position(), std::int64_t{201});
    }

    void extendsLoopsToTheFadeLength() {
        Mixer mixer = playing({voice(0, constant(1))});
        mixer.setLoop(Mixer::Loop{frames, frames});
        mixer.seek(frames - 1);
        render(mixer, 500);
        QVERIFY(mixer.position() >= frames - 20);
        QVERIFY(mixer.state() == Mixer::State::Playing);
    }

    void doesNotClickAfterManyChanges() {
        Mixer mixer = playing({voice(0, constant(1))});
        std::vector<float> samples;
        for (int i = 0; i < 200; ++i) {
            switch (i % 5) {
            case 0:
                mixer.setVoices({voice(0, constant(1), 0.01F * static_cast<float>(i))});
                break;
            case 1:
                mixer.seek(std::int64_t{5} * i);
                break;
            case 2:
                mixer.stop();
                break;
            case 3:
                mixer.play();
                break;
            default:
                mixer.setVoices({voice(1, constant(-1))});
            }
            const std::vector<float> next = render(mixer, 1 + i % 13);
            samples.insert(samples.end(), next.begin(), next.end());
        }
        // Several simultaneous fades of audio between -1 and 2.
        QVERIFY(largestStep(samples) < 1.0F);
    }

    void stopsAtTheEndAndRestarts() {
        Mixer mixer = playing({voice(0, constant(1))});
        mixer.seek(frames - 50);
        render(mixer, 100);
        QVERIFY(mixer.state() == Mixer::State::Stopped);
        QCOMPARE(mixer.position(), frames);
        mixer.play();
        QCOMPARE(mixer.position(), std::int64_t{0});
    }

    void waitsForUnavailableFrames() {
        Mixer mixer;
        mixer.setSong(frames, sampleRate);
        mixer.setVoices({voice(0, constant(1, 300))});
        mixer.setAvailable(300);
        mixer.play();
        std::vector<float> samples = render(mixer, 400);
        QVERIFY(mixer.state() == Mixer::State::Waiting);
        QVERIFY(largestStep(samples) < 0.11F);
        const std::int64_t reached = mixer.position();
        QVERIFY(reached <= 300 && reached >= 280);

        mixer.setVoices({voice(0, constant(1, 320))});
        mixer.setAvailable(320); // too few to resume
        render(mixer, 50);
        QVERIFY(mixer.state() == Mixer::State::Waiting);
        mixer.setVoices({voice(0, constant(1, frames))});
        mixer.setAvailable(frames);
        samples = render(mixer, 60);
        QVERIFY(mixer.state() == Mixer::State::Playing);
        QCOMPARE(mixer.position(), reached + 60);
        QVERIFY(largestStep(samples) < 0.11F);
    }

    void grownAudioIsNotCrossFaded() {
        Mixer mixer = playing({voice(0, ramp())});
        mixer.setVoices({voice(0, ramp())});
        std::vector<float> out(2);
        mixer.render(out);
        QCOMPARE(out[0], 10.0F); // without a fade there is no rounding
    }

    void reportsHeardFrameAcrossSeeks() {
        Mixer mixer = playing({voice(0, ramp())});
        render(mixer, 90);
        mixer.seek(500);
        render(mixer, 30);
        QCOMPARE(mixer.position(), std::int64_t{530});
        QCOMPARE(mixer.positionBefore(0), std::int64_t{530});
        QCOMPARE(mixer.positionBefore(30), std::int64_t{500});
        QCOMPARE(mixer.positionBefore(40), std::int64_t{90});
        mixer.stop();
        render(mixer, 100);
        QCOMPARE(mixer.positionBefore(50), std::int64_t{530});
        QCOMPARE(mixer.positionBefore(110), std::int64_t{520});
    }

    void metersEachLane() {
        Mixer mixer = playing({voice(3, constant(0.5F)), voice(5, constant(-1), 0.25F)});
        render(mixer, 20);
        const auto levels = mixer.takeLevels();
        QCOMPARE(levels.size(), std::size_t{2});
        QCOMPARE(levels[0].lane, 3);
        QCOMPARE(levels[0].left, 0.5F);
        QCOMPARE(levels[1].right, 0.25F);
        QVERIFY(mixer.takeLevels().empty());
    }
};

HEADROOM_TEST_MAIN(TestMixer)
#include "tst_mixer.moc"
