// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/studio/shutdown_handler.h"

#include "app/print.h"
#include "ui/runs/run_model.h"
#include "ui/window/studio.h"
#include "ui/window/training_controller.h"

#include <QGuiApplication>
#include <QSessionManager>
#include <QSocketNotifier>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace headroom::app {
namespace {

/// Pipe to which the signal handler writes the signal number as a byte.
volatile std::sig_atomic_t signalPipe = -1;

/// For saveAtExit(): Qt calls exit() when the X server is lost.
ShutdownHandler* current = nullptr;

void forwardSignal(int signal) {
    const int error = errno;
    const auto byte = static_cast<unsigned char>(signal);
    // A full pipe already holds other signals.
    [[maybe_unused]] const ssize_t written = ::write(signalPipe, &byte, 1);
    errno = error;
}

void saveAtExit() {
    if (current == nullptr)
        return;
    current->save();
    ::_exit(1); // other threads still use objects that exit() would destroy next
}

/// What the run could not save; empty if nothing is lost.
std::string unsavedWork(const ui::RunModel& run) {
    if (run.failure())
        return run.failure()->message;
    const auto& marks = run.history().marks();
    const auto* stopped = marks.empty() ? nullptr : std::get_if<Stopped>(&marks.back().event);
    return stopped == nullptr || stopped->unsaved.empty() ? "" : "not saved: " + stopped->unsaved;
}

} // namespace

ShutdownHandler::ShutdownHandler(ui::Studio& studio) : studio_(studio) {
    current = this;
    listen();
    // The session may end as soon as this returns.
    connect(
        qGuiApp, &QGuiApplication::commitDataRequest, this, [this](QSessionManager&) { save(); },
        Qt::DirectConnection);
    std::atexit(saveAtExit);
    if (studio.training() == nullptr)
        return;
    // Registered again once there is something to save: exit() calls the last registered function first, and
    // objects that were constructed meanwhile must still exist.
    const ui::RunModel& run = studio.training()->run();
    connect(&run, &ui::RunModel::historyChanged, this, [&run, registered = false]() mutable {
        if (!registered && run.history().lastStep())
            registered = std::atexit(saveAtExit) == 0;
    });
}

ShutdownHandler::~ShutdownHandler() {
    current = nullptr;
    if (signalPipe < 0)
        return;
    for (const int signal : stopSignals())
        std::signal(signal, SIG_DFL);
    signalPipe = -1;
    ::close(pipe_[0]);
    ::close(pipe_[1]);
}

void ShutdownHandler::listen() {
    if (::pipe(pipe_.data()) != 0)
        return; // signals then have their default effect
    for (const int end : pipe_) {
        ::fcntl(end, F_SETFL, O_NONBLOCK);
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
    signalPipe = pipe_[1];
    connect(new QSocketNotifier(pipe_[0], QSocketNotifier::Read, this), &QSocketNotifier::activated, this,
            &ShutdownHandler::onSignal);
    struct sigaction action {};
    action.sa_handler = forwardSignal;
    action.sa_flags = SA_RESTART;
    for (const int signal : stopSignals())
        ::sigaction(signal, &action, nullptr);
}

void ShutdownHandler::onSignal() {
    unsigned char signal = 0;
    while (::read(pipe_[0], &signal, 1) == 1) {
        const auto meaning = request_.take(signal, StopRequest::Clock::now());
        if (meaning == StopRequest::Meaning::Quit) {
            printError("headroom-studio: quit without saving\n");
            ::_exit(stoppedExitCode);
        }
        if (meaning == StopRequest::Meaning::Stop)
            end();
    }
}

void ShutdownHandler::end() {
    if (studio_.training() == nullptr || !studio_.training()->run().running()) {
        QCoreApplication::exit(stoppedExitCode);
        return;
    }
    printError("headroom-studio: stopping: saving the checkpoint. Press Ctrl+C again to quit without it.\n");
    ui::RunModel& run = studio_.training()->run();
    connect(&run, &ui::RunModel::ended, this, &ShutdownHandler::exitAfterRun);
    run.stop();
}

void ShutdownHandler::save() {
    if (studio_.training() != nullptr)
        studio_.training()->run().stopAndWait();
}

void ShutdownHandler::exitAfterRun() {
    const std::string loss = unsavedWork(studio_.training()->run());
    if (!loss.empty())
        printError("headroom-studio: {}\n", loss);
    QCoreApplication::exit(loss.empty() ? stoppedExitCode : 1); // also exits the event loops of open dialogs
}

} // namespace headroom::app
