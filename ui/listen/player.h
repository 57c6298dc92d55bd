#pragma once

#include "core/view/mixer.h"

#include <QAudioDevice>
#include <QObject>
#include <QTimer>

#include <memory>

class QAudioSink;
class QMediaDevices;

namespace headroom::ui {

/// Lets a sound device play what a mixer renders, at the song's own rate. The device pulls a fifth of a
/// second ahead, so that a busy window makes no gap. Devices are looked for at each start and once a second,
/// because Qt 6.4 does not tell of all that come and go with PulseAudio. GUI thread.
class Player : public QObject {
    Q_OBJECT

public:
    explicit Player(QObject* parent = nullptr);
    ~Player() override;

    /// What is changed in the mixer is heard after what waits in the device. Whoever makes it play calls
    /// start().
    Mixer& mixer() { return mixer_; }

    void setSong(std::int64_t frames, int sampleRate);
    /// Opens the device; after trouble with it, tries again.
    void start();
    /// Looks for devices that came or went, once a second.
    void watchDevices(bool on);

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
    void lookForDevices();
    bool hasStalled();
    void fail(const QString& why);
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
    QTimer look_; ///< for devices that came or went
    QList<QAudioDevice> known_;
    int quietTicks_ = 0;
    qint64 processed_ = 0; ///< microseconds that the device had played at the last tick
    int stalledTicks_ = 0;
};

} // namespace headroom::ui
