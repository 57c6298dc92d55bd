// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/sound_server.h"
#include "tests/support/strict_ui_main.h"
#include "tests/ui/listen/listen_fixture.h"
#include "ui/listen/player.h"
#include "ui/listen/transport_bar.h"

#include <QAudioDevice>
#include <QComboBox>
#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QThread>

#include <cmath>
#include <random>

using namespace headroom;
using namespace headroom::ui;

namespace {

constexpr int sampleRate = 44100;
constexpr std::int64_t frames = 3 * sampleRate;
constexpr Mixer::Loop loop{sampleRate / 2, 2 * sampleRate};

PlaybackAudio noise(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<float> sample(-0.4F, 0.4F);
    std::vector<float> samples(2 * frames);
    std::ranges::generate(samples, [&] { return sample(random); });
    PlaybackAudio audio;
    audio.append(std::make_shared<const std::vector<float>>(std::move(samples)));
    return audio;
}

std::vector<Mixer::Voice> voice(const PlaybackAudio& audio, std::uint64_t source) {
    return {{0, source, {{{audio, 1}}}, 1}};
}

void setUp(Mixer& mixer, const PlaybackAudio& audio, std::uint64_t source) {
    mixer.setVoices(voice(audio, source));
    mixer.setAvailable(frames);
    mixer.setLoop(loop);
}

/// The expected output from the start, without a switch of the source.
std::vector<float> expectedOutput(const PlaybackAudio& audio, std::size_t count) {
    Mixer mixer;
    mixer.setSong(frames, sampleRate);
    setUp(mixer, audio, 1);
    mixer.play();
    std::vector<float> samples(2 * count);
    mixer.render(samples);
    return samples;
}

/// The part of `result` from the position in `expected` at which the recording starts. When a stream starts,
/// the null sink has already recorded some silence, so that the first samples of the stream are missing.
std::vector<float> fromRecordingOn(const std::vector<float>& expected, const std::vector<float>& recording,
                                   const std::vector<float>& result) {
    constexpr std::ptrdiff_t matchLength = 64;
    const auto found =
        std::search(expected.begin(), expected.end(), recording.begin(), recording.begin() + matchLength,
                    [](float a, float b) { return std::abs(a - b) < 1e-5F; });
    return {result.begin() + (found - expected.begin()), result.end()};
}

/// Number of equal samples from index `from`.
std::size_t equalSamples(const std::vector<float>& recording, const std::vector<float>& expected,
                         std::size_t from) {
    std::size_t i = from;
    while (i < recording.size() && i < expected.size() && std::abs(recording[i] - expected[i]) < 1e-5F)
        ++i;
    return i - from;
}

} // namespace

class TestPlayer : public QObject {
    Q_OBJECT
private:
    test::SoundServer server_;

private Q_SLOTS:
    void initTestCase() {
        const QString missing = server_.start();
        if (!missing.isEmpty())
            QSKIP(qPrintable(missing));
        QTRY_VERIFY_WITH_TIMEOUT(server_.answers(), 20000);
    }

    /// Compares the recorded output of the device sample by sample: over two rounds of a loop, and across a
    /// switch of the source with its fade of 10 ms.
    void deviceReceivesTheExpectedSamples() {
        server_.record();
        const auto recorded = [&] { return server_.recorded(); };
        QTRY_VERIFY_WITH_TIMEOUT(recorded() > 0, 20000);

        const PlaybackAudio a = noise(1);
        const PlaybackAudio b = noise(2);
        Player player;
        QVERIFY2(player.problem().isEmpty(), qPrintable(player.problem()));
        player.setSong(frames, sampleRate);
        setUp(player.mixer(), a, 1);
        player.mixer().play();
        player.start();
        const auto silence = recorded();
        QTRY_VERIFY_WITH_TIMEOUT(recorded() > silence + 4 * sampleRate, 30000);
        player.mixer().setVoices(voice(b, 2));
        QTRY_VERIFY_WITH_TIMEOUT(recorded() > silence + 6 * sampleRate, 30000);
        QVERIFY(player.playHead() > 0);
        player.mixer().stop();

        std::vector<float> recording = server_.recording();
        const auto first = std::ranges::find_if(recording, [](float sample) { return sample != 0; });
        const auto begin = (first - recording.begin()) / 2 * 2;
        recording.erase(recording.begin(), recording.begin() + begin);
        const std::size_t length = 4 * sampleRate;
        QVERIFY(recording.size() > 2 * length);
        const std::vector<float> outputOfA = expectedOutput(a, 3 * length);
        const std::vector<float> expectedOfA = fromRecordingOn(outputOfA, recording, outputOfA);
        const std::vector<float> expectedOfB =
            fromRecordingOn(outputOfA, recording, expectedOutput(b, 3 * length));
        const std::size_t switched = equalSamples(recording, expectedOfA, 0);
        QVERIFY2(switched > 2 * 2 * sampleRate, qPrintable(QString::number(switched)));
        const std::size_t fade = 2 * (sampleRate / 100 + 1);
        const std::size_t after = equalSamples(recording, expectedOfB, switched + fade);
        QVERIFY2(after > 2 * sampleRate, qPrintable(QString::number(after)));
    }

    void canRestartAfterStop() {
        Player player;
        player.setSong(frames, sampleRate);
        setUp(player.mixer(), noise(1), 1);
        for (int round = 0; round < 2; ++round) {
            player.mixer().play();
            player.start();
            const std::int64_t before = player.mixer().position();
            QTRY_VERIFY_WITH_TIMEOUT(player.mixer().position() != before, 10000);
            player.mixer().stop();
            QTRY_VERIFY_WITH_TIMEOUT(player.mixer().isSilent(), 10000);
        }
    }

    /// Qt 6.4 does not report that the device has been unplugged.
    void startsOnAnotherDeviceIfItsOwnIsGone() {
        Player player;
        player.setSong(frames, sampleRate);
        setUp(player.mixer(), noise(1), 1);
        const auto phones = [&] {
            const auto devices = player.devices();
            const auto found = std::ranges::find(devices, QByteArray("phones"), &QAudioDevice::id);
            return found == devices.end() ? QAudioDevice() : *found;
        };
        server_.plug(QStringLiteral("phones"));
        QTRY_VERIFY_WITH_TIMEOUT(!phones().isNull(), 10000);
        player.watchDevices(true);
        player.watchDevices(false);
        player.setDevice(phones());
        server_.unplug(QStringLiteral("phones"));
        const QDeadlineTimer deadline(10000);
        while (!phones().isNull() && !deadline.hasExpired())
            QThread::yieldCurrentThread(); // without events, of which the player would hear
        if (!phones().isNull())
            QSKIP("this version of Qt still lists the device");
        QCOMPARE(player.device().id(), QByteArray("phones"));
        player.mixer().play();
        player.start();
        QCOMPARE(player.device().id(), QByteArray("ear"));
        QVERIFY(player.playing());
        QTRY_VERIFY_WITH_TIMEOUT(player.mixer().position() > 0, 10000);
        player.mixer().stop();
    }

    void theBarFollowsTheDevices() {
        const test::ListenFixture fixture;
        Player& player = fixture.page->player();
        auto* bar = fixture.page->findChild<TransportBar*>();
        const auto child = [bar](const QString& name) {
            const auto all = bar->findChildren<QWidget*>();
            return *std::ranges::find(all, name, &QWidget::accessibleName);
        };
        const auto* devices = qobject_cast<QComboBox*>(child(QStringLiteral("Audio device")));
        const auto* play = child(QStringLiteral("Play or pause (Space)"));
        const auto chosen = [&] { return devices->currentData().value<QAudioDevice>().id(); };
        QCOMPARE(chosen(), QByteArray("ear"));
        server_.plug(QStringLiteral("phones"));
        const auto phones = [&] {
            for (int i = 0; i < devices->count(); ++i)
                if (devices->itemData(i).value<QAudioDevice>().id() == "phones")
                    return i;
            return -1;
        };
        QTRY_VERIFY_WITH_TIMEOUT(phones() >= 0, 10000);

        player.setDevice(devices->itemData(phones()).value<QAudioDevice>());
        QCOMPARE(chosen(), QByteArray("phones"));
        player.setSong(frames, sampleRate);
        setUp(player.mixer(), noise(1), 1);
        player.mixer().play();
        player.start();
        QTRY_VERIFY_WITH_TIMEOUT(play->property("playing").toBool(), 10000);
        server_.unplug(QStringLiteral("phones"));
        QTRY_COMPARE_WITH_TIMEOUT(chosen(), QByteArray("ear"), 10000);
        QVERIFY(!play->property("playing").toBool());
    }

    /// Polling finds devices that Qt 6.4 does not report. Under Qt 6.8, a removed one is listed but stops.
    void followsAddedAndRemovedDevices() {
        Player player;
        player.watchDevices(true);
        const auto device = [&](const QByteArray& name) {
            const auto devices = player.devices();
            const auto found = std::ranges::find(devices, name, &QAudioDevice::id);
            return found == devices.end() ? QAudioDevice() : *found;
        };
        QSignalSpy changes(&player, &Player::devicesChanged);
        server_.plug(QStringLiteral("phones"));
        QTRY_VERIFY_WITH_TIMEOUT(!device("phones").isNull() && !changes.isEmpty(), 10000);

        player.setDevice(device("phones"));
        player.setSong(frames, sampleRate);
        setUp(player.mixer(), noise(1), 1);
        player.mixer().play();
        player.start();
        QTRY_VERIFY_WITH_TIMEOUT(player.mixer().position() > 0, 10000);
        server_.unplug(QStringLiteral("phones"));
        QTRY_COMPARE_WITH_TIMEOUT(player.device().id(), QByteArray("ear"), 10000);
        QVERIFY(!player.playing());

        player.mixer().play();
        player.start();
        const std::int64_t before = player.mixer().position();
        QTRY_VERIFY_WITH_TIMEOUT(player.mixer().position() != before, 10000);
        player.mixer().stop();
    }
};

HEADROOM_UI_TEST_MAIN(TestPlayer)
#include "tst_player.moc"
