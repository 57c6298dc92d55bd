// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cstring>
#include <vector>

namespace headroom::test {

/// A PulseAudio server for this test, with a null sink that can be recorded. After start(), this program
/// plays into that sink.
class SoundServer {
public:
    /// Starts the server. Returns an empty string, or why it cannot be started.
    QString start() {
        for (const char* program : {"pulseaudio", "parec", "pactl"}) {
            if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
                return QStringLiteral("%1 is not installed").arg(QLatin1String(program));
        }
        const QString socket = folder_.filePath(QStringLiteral("socket"));
        qputenv("XDG_RUNTIME_DIR", folder_.path().toUtf8());
        qputenv("HOME", folder_.path().toUtf8());
        qputenv("PULSE_SERVER", "unix:" + socket.toUtf8());
        server_.start(QStringLiteral("pulseaudio"),
                      {"-n", "--exit-idle-time=-1", "--use-pid-file=no", "-L",
                       "module-native-protocol-unix auth-anonymous=1 socket=" + socket, "-L",
                       "module-null-sink sink_name=ear format=float32le rate=44100 channels=2"});
        return server_.waitForStarted() ? QString() : QStringLiteral("pulseaudio does not start");
    }
    /// Whether the server is ready.
    bool answers() {
        QProcess client;
        client.start(QStringLiteral("pactl"), {"stat"});
        return client.waitForFinished(-1) && client.exitCode() == 0;
    }
    /// Adds or removes an output device.
    void plug(const QString& name) { control({"load-module", "module-null-sink", "sink_name=" + name}); }
    void unplug(const QString& name) {
        QProcess list;
        list.start(QStringLiteral("pactl"), {"list", "short", "modules"});
        list.waitForFinished(-1);
        for (const QByteArray& line : list.readAllStandardOutput().split('\n')) {
            if (line.contains("sink_name=" + name.toUtf8()))
                control({"unload-module", QString::fromUtf8(line.left(line.indexOf('\t')))});
        }
    }
    /// Starts recording, in stereo at 44100 Hz.
    void record() {
        recorder_.setStandardOutputFile(file());
        recorder_.start(QStringLiteral("parec"), {"-d", "ear.monitor", "--raw", "--format=float32le",
                                                  "--rate=44100", "--channels=2", "--latency-msec=20"});
    }
    /// Frames of the recording so far.
    qint64 recorded() const { return QFileInfo(file()).size() / frameBytes; }
    /// The recording so far, interleaved stereo.
    std::vector<float> recording() const {
        QFile stored(file());
        if (!stored.open(QIODevice::ReadOnly))
            return {};
        const QByteArray bytes = stored.readAll();
        std::vector<float> samples(static_cast<std::size_t>(bytes.size() / frameBytes) * 2);
        std::memcpy(samples.data(), bytes.constData(), samples.size() * sizeof(float));
        return samples;
    }
    ~SoundServer() {
        for (QProcess* process : {&recorder_, &server_}) {
            process->terminate();
            process->waitForFinished(-1);
        }
    }

private:
    static constexpr qint64 frameBytes = 2 * sizeof(float);
    static void control(const QStringList& arguments) {
        QProcess::execute(QStringLiteral("pactl"), arguments);
    }
    QString file() const { return folder_.filePath(QStringLiteral("recording")); }

    QTemporaryDir folder_;
    QProcess server_;
    QProcess recorder_;
};

} // namespace headroom::test
