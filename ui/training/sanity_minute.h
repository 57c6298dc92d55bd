// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/overfit_service.h"
#include "ui/bridge/mailbox.h"

#include <QElapsedTimer>
#include <QObject>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace headroom::ui {

class ConfigModel;

/// The sanity minute: a model of the configuration memorizes one segment, before a long run. GUI
/// thread.
class SanityMinute : public QObject {
    Q_OBJECT

public:
    /// @param config outlives this
    SanityMinute(std::unique_ptr<OverfitService> service, const ConfigModel& config);
    ~SanityMinute() override;

    /// Device of the next start: "auto", "cpu", "cuda:1".
    void setDevice(std::string device) { request_.device = std::move(device); }

    /// Starts with the configuration of the window, unless it is running.
    void start();
    /// Ends after the current step, with the result so far.
    void stop();
    bool running() const { return running_ != 0; }
    bool stopping() const { return stopping_; }
    /// The part of the steps or of the minute that is over, 0 to 1; absent until the first scores.
    std::optional<double> share() const;
    /// Most steps.
    int steps() const { return request_.steps; }
    /// Absent until the first scores, as the others until the end.
    const std::optional<OverfitProgress>& progress() const { return progress_; }
    const std::optional<OverfitResult>& result() const { return result_; }
    /// Why it could not start or continue.
    const std::optional<Error>& problem() const { return problem_; }

Q_SIGNALS:
    /// Any of the above changed.
    void changed();

private:
    void receive(const OverfitEvent& event);

    const ConfigModel& config_;
    OverfitRequest request_;
    QElapsedTimer clock_; ///< since the start
    std::uint64_t number_ = 0;
    std::uint64_t running_ = 0; ///< number of the one in progress; 0: none
    bool stopping_ = false;
    std::optional<OverfitProgress> progress_;
    std::optional<OverfitResult> result_;
    std::optional<Error> problem_;
    Mailbox<OverfitEvent> mailbox_;
    std::unique_ptr<OverfitService> service_; ///< destroyed before the mailbox it posts to
};

} // namespace headroom::ui
