// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/separation_service.h"

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <optional>

class QLabel;
class QPushButton;

namespace headroom::ui {

class ListenBridge;
class ListenModel;
class FractionBar;
class TimeAxis;

/// Exports the stems of the open song, or of a folder of songs: button, progress and result. Hidden if the
/// playing source is not a model or the mixture is not a file. GUI thread.
class StemExport : public QWidget {
    Q_OBJECT

public:
    StemExport(ListenBridge& bridge, ListenModel& model, const TimeAxis& axis, QWidget* parent = nullptr);

    void begin(const SeparationRequest& request);

Q_SIGNALS:
    void began();
    void failed(const headroom::Error& error);

private:
    void refresh();
    void showDialog();
    void receive(const SeparationEvent& event);
    void showProgress(const SeparationState& state);
    void report(const SeparationSummary& summary);
    static QStringList remarksOn(const SeparatedSong& song);
    QString folderOf(const SeparationSummary& summary) const;
    void clearResult();

    ListenBridge& bridge_;
    ListenModel& model_;
    const TimeAxis& axis_;
    std::uint64_t job_ = 0; ///< number of the current export; 0: none
    QPushButton* button_;
    FractionBar* bar_;
    QPushButton* cancel_;
    QLabel* result_;
    QPushButton* open_;
    std::optional<SeparationRequest> chosen_; ///< in the last dialog that was not canceled
    QString outputFolder_;                    ///< of the current or last export
    QString folder_;                          ///< that open_ opens
};

} // namespace headroom::ui
