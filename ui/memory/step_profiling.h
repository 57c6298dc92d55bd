// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/profile_service.h"
#include "ui/bridge/mailbox.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>

namespace headroom::ui {

class ForecastModel;

/// Profiles a step of the configuration on a device of this machine when the user requests it, to compare the
/// forecast with. GUI thread.
class StepProfiling : public QObject {
    Q_OBJECT

public:
    /// @param forecast model of the configuration and the device; outlives this
    StepProfiling(std::unique_ptr<ProfileService> service, ForecastModel& forecast);
    ~StepProfiling() override;

    /// Whether begin() would start: the device is in this machine and idle.
    bool possible() const;
    /// Whether another computation, such as a run, occupies the device.
    void setDeviceTaken(bool taken);

    void begin();
    void cancel();
    bool busy() const { return request_ != 0; }

    /// The newest profile; null if the configuration or the device has changed since.
    const std::shared_ptr<const StepProfile>& profile() const;
    /// Why profiling failed; empty if it did not.
    const QString& problem() const { return problem_; }

Q_SIGNALS:
    /// Any of the above changed.
    void changed();

private:
    void receive(const ProfileAnswer& answer);

    ForecastModel& forecast_;
    bool deviceTaken_ = false;
    std::uint64_t number_ = 0;
    std::uint64_t request_ = 0; ///< number of the pending request; 0: none
    RunConfig config_;          ///< of the newest request
    int card_ = -1;
    std::shared_ptr<const StepProfile> profile_;
    QString problem_;
    Mailbox<ProfileAnswer> mailbox_;
    std::unique_ptr<ProfileService> service_; ///< destroyed before the mailbox it posts to
};

} // namespace headroom::ui
