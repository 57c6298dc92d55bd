// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/snapshot_model.h"

#include "ui/configuration/config_model.h"
#include "ui/memory/forecast_model.h"

#include <utility>

namespace headroom::ui {

SnapshotModel::SnapshotModel(std::unique_ptr<SnapshotService> service, ForecastModel& forecast)
    : forecast_(forecast),
      mailbox_("snapshot",
               [this](const std::vector<std::shared_ptr<const SnapshotAnswer>>& answers) {
                   for (const auto& answer : answers)
                       receive(*answer);
               }),
      service_(std::move(service)) {
    connect(&forecast_, &ForecastModel::cardChanged, this, [this] {
        const bool same = card_ == forecast_.card() && others_ == forecast_.others();
        if (!file_.isEmpty() && !same)
            ask();
    });
}

SnapshotModel::~SnapshotModel() = default;

void SnapshotModel::open(const QString& file) {
    file_ = file;
    replay_.reset();
    ask();
}

void SnapshotModel::close() {
    file_.clear();
    replay_.reset();
    problem_.reset();
    replaying_ = 0;
}

void SnapshotModel::ask() {
    card_ = forecast_.card();
    others_ = forecast_.others();
    replaying_ = ++number_;
    service_->replay(replaying_, {.file = file_.toStdString(), .card = card_, .others = others_},
                     [this](const SnapshotAnswer& answer) {
                         mailbox_.post(std::make_shared<const SnapshotAnswer>(answer));
                     });
    Q_EMIT changed();
}

void SnapshotModel::write(const QString& file) {
    writtenFile_ = file;
    writing_ = ++number_;
    service_->write(writing_, forecast_.requestFor(forecast_.config().config()), file.toStdString(),
                    [this](const SnapshotAnswer& answer) {
                        mailbox_.post(std::make_shared<const SnapshotAnswer>(answer));
                    });
}

void SnapshotModel::receive(const SnapshotAnswer& answer) {
    const std::uint64_t number = std::visit([](const auto& each) { return each.number; }, answer);
    const auto* failed = std::get_if<SnapshotFailed>(&answer);
    if (number == writing_) {
        writing_ = 0;
        if (failed != nullptr)
            Q_EMIT notWritten(QString::fromStdString(failed->error.message()));
        else
            Q_EMIT written(writtenFile_, std::get<SnapshotWritten>(answer).file);
    }
    if (number != replaying_)
        return;
    replaying_ = 0;
    problem_.reset();
    replay_.reset();
    if (failed != nullptr)
        problem_ = failed->error;
    else
        replay_ = std::make_shared<const SnapshotReplay>(std::get<SnapshotReplayed>(answer).replay);
    Q_EMIT changed();
}

} // namespace headroom::ui
