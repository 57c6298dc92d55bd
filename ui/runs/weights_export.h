// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/weights_service.h"
#include "ui/bridge/mailbox.h"

#include <QObject>
#include <QString>

#include <memory>

class QWidget;

namespace headroom::ui {

/// Exports the best weights of runs in the background, and reports what was written. GUI thread.
class WeightsExport : public QObject {
    Q_OBJECT

public:
    /// @param window of the dialogs; outlives this
    WeightsExport(std::unique_ptr<WeightsService> service, QWidget& window);
    ~WeightsExport() override;

    /// Asks for format and place, and exports. @param run folder
    void ask(const QString& run);
    void start(const ExportRequest& request);

private:
    void deliver(const WeightsExported& exported);

    QWidget& window_;
    Mailbox<WeightsExported> mailbox_;
    std::unique_ptr<WeightsService> service_; ///< destroyed before the mailbox that it posts to
};

} // namespace headroom::ui
