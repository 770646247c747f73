//! Words of discovery: where what is used is seen.

vocabulary! {
    /// A kind of file that shows which identities are used.
    pub enum SourceKind {
        /// Workflows, composite actions and Dependabot's registries.
        GithubActions = "github-actions",
        /// Terraform and OpenTofu.
        Terraform = "terraform",
        /// Kubernetes objects.
        Kubernetes = "kubernetes",
        /// CloudFormation templates.
        Cloudformation = "cloudformation",
    }
}
