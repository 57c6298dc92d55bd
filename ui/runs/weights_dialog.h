// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/export_report.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace headroom::ui {

/// Lets the user choose format and place of an export of a run's best weights. GUI thread.
class WeightsDialog : public QDialog {
    Q_OBJECT

public:
    /// @param run folder
    WeightsDialog(const QString& run, QWidget* parent);

    ExportRequest request() const;

private:
    ExportFormat format() const;
    QString suggestedPath() const;
    void choosePath();
    void refresh();

    QString run_;
    QComboBox* format_;
    QLineEdit* path_;
    QCheckBox* overwrite_;
    QPushButton* write_ = nullptr;
};

} // namespace headroom::ui
