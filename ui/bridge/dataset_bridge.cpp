// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/dataset_bridge.h"

#include <utility>

namespace headroom::ui {

DatasetBridge::DatasetBridge(std::unique_ptr<DatasetService> service)
    : mailbox_("dataset", [this](const std::vector<DatasetEvent>& events) { deliver(events); }),
      service_(std::move(service)) {}

DatasetBridge::~DatasetBridge() = default;

void DatasetBridge::inspect(const QString& root, const std::vector<std::string>& stems) {
    cancel();
    setInspecting(++number_);
    service_->inspect(number_, root.toStdString(), stems,
                      [this](const DatasetEvent& event) { mailbox_.post(event); });
}

void DatasetBridge::cancel() {
    if (!busy())
        return;
    service_->cancel(inspecting_);
    setInspecting(0);
}

void DatasetBridge::composeDemoSongs(const QString& folder) {
    composing_ = ++number_;
    service_->composeDemoSongs(composing_, folder.toStdString(),
                               [this](const DatasetEvent& event) { mailbox_.post(event); });
}

void DatasetBridge::setInspecting(std::uint64_t number) {
    const bool was = busy();
    inspecting_ = number;
    if (was != busy())
        Q_EMIT busyChanged(busy());
}

void DatasetBridge::deliver(const std::vector<DatasetEvent>& events) {
    for (const DatasetEvent& event : events) {
        const std::uint64_t number = std::visit([](const auto& each) { return each.number; }, event);
        if (number == inspecting_)
            deliverInspection(event);
        else if (number == composing_)
            deliverComposition(event);
    }
}

void DatasetBridge::deliverInspection(const DatasetEvent& event) {
    if (const auto* progress = std::get_if<DatasetProgress>(&event)) {
        Q_EMIT progressed(static_cast<int>(progress->done), static_cast<int>(progress->total));
        return;
    }
    setInspecting(0);
    if (const auto* done = std::get_if<DatasetInspected>(&event))
        Q_EMIT inspected(done->report);
    else if (const auto* refusal = std::get_if<DatasetRefused>(&event))
        Q_EMIT refused(QString::fromStdString(refusal->message));
}

void DatasetBridge::deliverComposition(const DatasetEvent& event) {
    if (const auto* progress = std::get_if<DatasetProgress>(&event)) {
        Q_EMIT compositionProgressed(static_cast<int>(progress->done), static_cast<int>(progress->total));
        return;
    }
    composing_ = 0;
    if (const auto* done = std::get_if<DemoSongsComposed>(&event))
        Q_EMIT composed(QString::fromStdString(done->folder));
    else if (const auto* refusal = std::get_if<DatasetRefused>(&event))
        Q_EMIT notComposed(QString::fromStdString(refusal->message));
}

} // namespace headroom::ui
