// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/player.h"

#include <QAudio>
#include <QAudioFormat>
#include <QAudioSink>
#include <QIODevice>
#include <QMediaDevices>

#include <algorithm>
#include <span>
#include <utility>

namespace headroom::ui {
namespace {

constexpr int frameBytes = 2 * sizeof(float);
constexpr int aheadMilliseconds = 200;
constexpr int tickMilliseconds = 33;
constexpr int deviceCheckMilliseconds = 1000;
constexpr int ticksUntilStalled = 1500 / tickMilliseconds;

/// The mixer as an endless byte stream.
class MixerSource final : public QIODevice {
public:
    explicit MixerSource(Mixer& mixer) : mixer_(mixer) { open(QIODevice::ReadOnly); }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return 1 << 20; }
    bool reset() override { return true; } // Qt 6.8 rewinds its source when it closes a device

protected:
    qint64 readData(char* data, qint64 maxBytes) override {
        // The buffer of QAudioSink may not be aligned for floats.
        samples_.resize(static_cast<std::size_t>(maxBytes / frameBytes * 2));
        mixer_.render(samples_);
        const auto bytes = std::as_bytes(std::span(samples_));
        std::copy(bytes.begin(), bytes.end(), reinterpret_cast<std::byte*>(data));
        return static_cast<qint64>(bytes.size());
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    Mixer& mixer_;
    std::vector<float> samples_;
};

QAudioFormat formatAt(int sampleRate) {
    QAudioFormat format;
    format.setSampleRate(sampleRate);
    format.setChannelCount(2);
    format.setSampleFormat(QAudioFormat::Float);
    return format;
}

} // namespace

Player::Player(QObject* parent) : QObject(parent), media_(std::make_unique<QMediaDevices>()) {
    tick_.setInterval(tickMilliseconds);
    connect(&tick_, &QTimer::timeout, this, &Player::onTick);
    connect(media_.get(), &QMediaDevices::audioOutputsChanged, this, &Player::onDevices);
    deviceTimer_.setInterval(deviceCheckMilliseconds);
    connect(&deviceTimer_, &QTimer::timeout, this, &Player::checkDevices);
    onDevices();
}

Player::~Player() {
    close();
}

void Player::setSong(std::int64_t frames, int sampleRate) {
    close();
    mixer_.setSong(frames, sampleRate);
    sampleRate_ = sampleRate;
    Q_EMIT moved();
}

void Player::start() {
    const bool wanted = playing();
    checkDevices();
    if (wanted && !playing() && !device_.isNull())
        mixer_.play(); // another device has stopped it
    quietTicks_ = 0;
    if (!sink_)
        open();
}

void Player::open() {
    if (device_.isNull()) {
        mixer_.stop();
        return;
    }
    if (!std::exchange(problem_, {}).isEmpty())
        Q_EMIT devicesChanged();
    const QAudioFormat format = formatAt(sampleRate_);
    if (!device_.isFormatSupported(format)) {
        fail(tr("%1 does not support %2 Hz stereo").arg(device_.description()).arg(sampleRate_));
        return;
    }
    source_ = std::make_unique<MixerSource>(mixer_);
    sink_ = std::make_unique<QAudioSink>(device_, format);
    sink_->setBufferSize(format.bytesForDuration(qint64{aheadMilliseconds} * 1000));
    applyVolume();
    sink_->start(source_.get());
    if (sink_->error() != QAudio::NoError) {
        fail(tr("Cannot open %1").arg(device_.description()));
        return;
    }
    processed_ = 0;
    stalledTicks_ = 0;
    tick_.start();
}

void Player::close() {
    tick_.stop();
    if (sink_)
        sink_->stop();
    sink_.reset();
    source_.reset();
}

void Player::onTick() {
    // Closes the device only after the buffered audio has played.
    constexpr int ticksUntilHeard = 2 * aheadMilliseconds / tickMilliseconds;
    quietTicks_ = mixer_.isSilent() ? quietTicks_ + 1 : 0;
    if (quietTicks_ > ticksUntilHeard)
        close();
    if (sink_ && (sink_->error() == QAudio::FatalError || hasStalled()))
        loseDevice();
    Q_EMIT moved();
}

/// An unplugged device can stop reading without an error.
bool Player::hasStalled() {
    const qint64 processed = sink_->processedUSecs();
    stalledTicks_ = processed == processed_ ? stalledTicks_ + 1 : 0;
    processed_ = processed;
    return stalledTicks_ >= ticksUntilStalled;
}

void Player::fail(const QString& reason) {
    problem_ = reason;
    mixer_.stop();
    close();
    Q_EMIT devicesChanged();
}

/// Returns to the default device: Qt 6.8 still lists a device of PulseAudio after it was unplugged.
void Player::loseDevice() {
    const QString reason = tr("%1 has stopped working").arg(device_.description());
    chosen_ = false;
    device_ = QMediaDevices::defaultAudioOutput();
    fail(reason);
}

std::int64_t Player::framesAhead() const {
    return sink_ ? (sink_->bufferSize() - sink_->bytesFree()) / frameBytes : 0;
}

std::int64_t Player::playHead() const {
    return sink_ ? mixer_.positionBefore(framesAhead()) : mixer_.position();
}

std::vector<QAudioDevice> Player::devices() const {
    const QList<QAudioDevice> outputs = QMediaDevices::audioOutputs();
    return {outputs.begin(), outputs.end()};
}

void Player::setDevice(const QAudioDevice& device) {
    if (device == device_)
        return;
    const bool wasOpen = sink_ != nullptr;
    close();
    device_ = device;
    chosen_ = true;
    problem_.clear();
    if (wasOpen)
        open();
    Q_EMIT devicesChanged();
}

void Player::watchDevices(bool on) {
    if (!on) {
        deviceTimer_.stop();
        return;
    }
    checkDevices();
    deviceTimer_.start();
}

void Player::checkDevices() {
    if (QMediaDevices::audioOutputs() != knownDevices_)
        onDevices();
}

void Player::onDevices() {
    knownDevices_ = QMediaDevices::audioOutputs();
    chosen_ = chosen_ && knownDevices_.contains(device_);
    const QAudioDevice wanted = chosen_ ? device_ : QMediaDevices::defaultAudioOutput();
    if (wanted != device_) {
        close();
        mixer_.stop();
        device_ = wanted;
    }
    problem_ = device_.isNull() ? tr("No audio device found") : QString();
    Q_EMIT devicesChanged();
}

void Player::setVolume(double volume) {
    volume_ = volume;
    applyVolume();
}

void Player::applyVolume() {
    if (sink_)
        sink_->setVolume(
            QAudio::convertVolume(volume_, QAudio::LogarithmicVolumeScale, QAudio::LinearVolumeScale));
}

} // namespace headroom::ui
