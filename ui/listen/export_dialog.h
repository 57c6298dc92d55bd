// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/separation.h"

#include <QDialog>

#include <string>
#include <utility>
#include <vector>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLayout;
class QLineEdit;
class QPushButton;

namespace headroom::ui {

class NumberBox;

/// Lets the user choose songs, stems, folder, names, format and separation options of an export. GUI thread.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// @param request provides the model, the inputs and, as its part, the loop
    /// @param stems names of the stems of the model
    ExportDialog(const SeparationRequest& request, const std::vector<std::string>& stems, QWidget* parent);

    /// Chooses what was chosen for an earlier export, but songs and loop. Existing files are kept again.
    void choose(const SeparationRequest& earlier);
    SeparationRequest request() const;

private:
    void buildStems(const std::vector<std::string>& stems);
    void buildFormat();
    void buildSegment();
    void buildLoop();
    void buildLayout();
    void buildSongs();
    void buildName();
    QLayout* buildFolder(QLineEdit* folder, const QString& title);
    void refresh();
    void refreshSubtypes();

    SeparationRequest request_;
    QGridLayout* stemGrid_;
    std::vector<std::pair<std::string, QCheckBox*>> stems_;
    QLineEdit* songs_; ///< a folder of songs; empty: the open song
    QCheckBox* recursive_;
    QLineEdit* folder_;
    QLineEdit* name_;
    QComboBox* format_;
    QComboBox* subtype_;
    NumberBox* segment_;
    NumberBox* overlap_;
    NumberBox* batchSize_;
    QCheckBox* augmentation_;
    QCheckBox* loop_;
    QCheckBox* overwrite_;
    QPushButton* write_ = nullptr;
};

} // namespace headroom::ui
