#pragma once

#include "core/values/separation.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace headroom::ui {

class NumberBox;

/// Asks what stems to write, how and where: what `headroom separate` is asked. GUI thread.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// @param request model and inputs are kept, the rest is asked for
    ExportDialog(const SeparationRequest& request, const std::vector<std::string>& stems, QWidget* parent);

    SeparationRequest request() const;

private:
    void refresh();

    SeparationRequest request_;
    std::vector<std::pair<std::string, QCheckBox*>> stems_;
    QLineEdit* folder_;
    QComboBox* format_;
    QComboBox* subtype_;
    NumberBox* chunk_;
    NumberBox* overlap_;
    QCheckBox* overwrite_;
    QPushButton* write_;
};

} // namespace headroom::ui
