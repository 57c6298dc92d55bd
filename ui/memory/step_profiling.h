#pragma once

#include "core/session/profile_service.h"
#include "ui/bridge/mailbox.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>

namespace headroom::ui {

class ForecastModel;

/// The step of the setting, measured on this machine's device where the user asks for it: what the forecast
/// is held against. GUI thread.
class StepProfiling : public QObject {
    Q_OBJECT

public:
    /// @param forecast whose setting and device are measured; outlives this
    StepProfiling(std::unique_ptr<ProfileService> service, ForecastModel& forecast);
    ~StepProfiling() override;

    /// Whether it can be begun: the device is in this machine, and nothing else computes there.
    bool possible() const;
    /// Something else computes on the device, which a measurement would disturb.
    void setDeviceTaken(bool taken);

    void begin();
    void cancel();
    bool busy() const { return work_ != 0; }

    /// The last one; null where there is none of the setting as it is, on the device that is chosen.
    const std::shared_ptr<const StepProfile>& measured() const;
    /// Why it could not be measured; empty: it could, or was not tried.
    const QString& problem() const { return problem_; }

Q_SIGNALS:
    /// Any of the above changed.
    void changed();

private:
    void take(const ProfileAnswer& answer);

    ForecastModel& forecast_;
    bool deviceTaken_ = false;
    std::uint64_t number_ = 0;
    std::uint64_t work_ = 0; ///< number of the measurement under way; 0: none
    RunConfig config_;       ///< of the newest measurement
    int card_ = -1;
    std::shared_ptr<const StepProfile> measured_;
    QString problem_;
    Mailbox<ProfileAnswer> mailbox_;
    std::unique_ptr<ProfileService> service_; ///< goes before the mailbox that it posts to
};

} // namespace headroom::ui
