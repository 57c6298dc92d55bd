// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/dataset_service.h"
#include "ui/bridge/mailbox.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace headroom::ui {

/// A dataset service for the GUI thread. Inspects one data set at a time and composes one at a time; events
/// of earlier requests are dropped. GUI thread.
class DatasetBridge : public QObject {
    Q_OBJECT

public:
    explicit DatasetBridge(std::unique_ptr<DatasetService> service);
    ~DatasetBridge() override;

    /// Cancels the inspection in progress and starts a new one.
    /// @param stems as data.stems
    void inspect(const QString& root, const std::vector<std::string>& stems);
    void cancel();
    bool busy() const { return inspecting_ != 0; }

    /// Precondition: !composing(). Ends with composed() or notComposed().
    void composeDemoSongs(const QString& folder);
    bool composing() const { return composing_ != 0; }

Q_SIGNALS:
    void progressed(int done, int total);
    void inspected(const headroom::DatasetReport& report);
    void refused(const QString& message);
    /// busy() changed.
    void busyChanged(bool busy);

    void compositionProgressed(int done, int total);
    void composed(const QString& folder);
    void notComposed(const QString& message);

private:
    void deliver(const std::vector<DatasetEvent>& events);
    void deliverInspection(const DatasetEvent& event);
    void deliverComposition(const DatasetEvent& event);
    void setInspecting(std::uint64_t number);

    std::uint64_t number_ = 0;     ///< of the newest request
    std::uint64_t inspecting_ = 0; ///< number of the inspection in progress; 0: none
    std::uint64_t composing_ = 0;  ///< number of the composition in progress; 0: none
    Mailbox<DatasetEvent> mailbox_;
    std::unique_ptr<DatasetService> service_; ///< destroyed before the mailbox that it posts to
};

} // namespace headroom::ui
