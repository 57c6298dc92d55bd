#pragma once

#include "ui/playback/mixer.h"

#include <QAudioDevice>
#include <QObject>
#include <QTimer>

#include <memory>

class QAudioSink;
class QMediaDevices;

namespace headroom::ui {

/// Lets a sound device play what a mixer renders, at the song's own rate. The device pulls a fifth of a
/// second ahead, so that a busy window makes no gap. GUI thread.
class Player : public QObject {
    Q_OBJECT

public:
    explicit Player(QObject* parent = nullptr);
    ~Player() override;

    /// What is changed in the mixer is heard after what waits in the device. Whoever makes it play calls
    /// start().
    Mixer& mixer() { return mixer_; }

    void setSong(std::int64_t frames, int sampleRate);
    void start();

    /// The frame that is heard now.
    std::int64_t playHead() const;
    bool playing() const { return mixer_.state() != Mixer::State::Stopped; }

    /// Why nothing can be heard; empty: it can.
    const QString& trouble() const { return trouble_; }

    std::vector<QAudioDevice> devices() const;
    const QAudioDevice& device() const { return device_; }
    void setDevice(const QAudioDevice& device);
    /// @param volume 0 ... 1, as it is heard (a power law of the factor)
    void setVolume(double volume);
    double volume() const { return volume_; }

Q_SIGNALS:
    /// Some thirty times a second while it plays, and when it has stopped.
    void moved();
    /// Devices came or went, another was chosen, or one failed.
    void devicesChanged();

private:
    void open();
    void close();
    void onTick();
    void onDevices();
    void applyVolume();
    std::int64_t framesAhead() const;

    Mixer mixer_;
    int sampleRate_ = 44100;
    std::unique_ptr<QMediaDevices> media_;
    QAudioDevice device_;
    bool chosen_ = false; ///< by the user; else the system's default is followed
    double volume_ = 1;
    QString trouble_;
    std::unique_ptr<QIODevice> source_;
    std::unique_ptr<QAudioSink> sink_;
    QTimer tick_;
    int quietTicks_ = 0;
};

} // namespace headroom::ui
