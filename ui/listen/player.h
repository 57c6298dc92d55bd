// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/view/mixer.h"

#include <QAudioDevice>
#include <QObject>
#include <QTimer>

#include <memory>

class QAudioSink;
class QMediaDevices;

namespace headroom::ui {

/// Plays the output of a mixer on an audio device, at the sample rate of the song. The device buffers 200 ms,
/// so that a busy GUI thread causes no gaps. Devices are polled at each start and once a second, because
/// Qt misses some device changes of PulseAudio. GUI thread.
class Player : public QObject {
    Q_OBJECT

public:
    explicit Player(QObject* parent = nullptr);
    ~Player() override;

    /// Changes in the mixer become audible after the buffered audio. Call start() after Mixer::play().
    Mixer& mixer() { return mixer_; }

    void setSong(std::int64_t frames, int sampleRate);
    /// Opens the device, also after it failed.
    void start();
    /// Whether to poll for device changes once a second.
    void watchDevices(bool on);

    /// The frame that is audible now.
    std::int64_t playHead() const;
    bool playing() const { return mixer_.state() != Mixer::State::Stopped; }

    /// Why playback is unavailable; empty if it is available.
    const QString& problem() const { return problem_; }

    std::vector<QAudioDevice> devices() const;
    const QAudioDevice& device() const { return device_; }
    void setDevice(const QAudioDevice& device);
    /// @param volume perceived volume, 0 ... 1; mapped to a logarithmic gain
    void setVolume(double volume);

Q_SIGNALS:
    /// Emitted about 30 times per second during playback, and when it stops.
    void moved();
    /// Devices were added or removed, another one was chosen, or one failed.
    void devicesChanged();

private:
    void open();
    void close();
    void onTick();
    void onDevices();
    void checkDevices();
    bool hasStalled();
    void fail(const QString& reason);
    void loseDevice();
    void applyVolume();
    std::int64_t framesAhead() const;

    Mixer mixer_;
    int sampleRate_ = 44100;
    std::unique_ptr<QMediaDevices> media_;
    QAudioDevice device_;
    bool chosen_ = false; ///< by the user; otherwise the player follows the system's default
    double volume_ = 1;
    QString problem_;
    std::unique_ptr<QIODevice> source_;
    std::unique_ptr<QAudioSink> sink_;
    QTimer tick_;
    QTimer deviceTimer_; ///< polls for devices
    QList<QAudioDevice> knownDevices_;
    int quietTicks_ = 0;
    qint64 processed_ = 0; ///< microseconds played at the last tick
    int stalledTicks_ = 0;
};

} // namespace headroom::ui
